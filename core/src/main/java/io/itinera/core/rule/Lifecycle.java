package io.itinera.core.rule;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.get;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The five stages of a customer's life, in order. */
public final class Lifecycle {

  public static final String AWARENESS = "awareness";
  public static final String CONSIDERATION = "consideration";
  public static final String CONVERSION = "conversion";
  public static final String RETENTION = "retention";
  public static final String ADVOCACY = "advocacy";

  /** The stages from first to furthest. */
  public static final List<String> STAGES =
      List.of(AWARENESS, CONSIDERATION, CONVERSION, RETENTION, ADVOCACY);

  private Lifecycle() {}

  /** 1 for awareness to 5 for advocacy; 0 for anything else, null for null. */
  public static Column rank(Column stage) {
    return array_position(stages(), stage);
  }

  /** The stage of a rank; null for ranks outside 1 to 5. */
  public static Column stage(Column rank) {
    return get(stages(), rank.minus(1).cast("int"));
  }

  private static Column stages() {
    return array(STAGES.stream().map(functions::lit).toArray(Column[]::new));
  }
}
