package io.itinera.core.rule;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.get;

import io.itinera.core.table.TableWord;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The five stages of a customer's life, from first to furthest. */
public enum Lifecycle implements TableWord {
  /** Somebody knows that we are there. */
  AWARENESS(1),

  /** Somebody looks at what we have. */
  CONSIDERATION(2),

  /** Somebody buys. */
  CONVERSION(3),

  /** Somebody comes back. */
  RETENTION(4),

  /** Somebody recommends us. */
  ADVOCACY(5);

  /** The stages as tables call them, from first to furthest. */
  public static final List<String> STAGES = Arrays.stream(values()).map(TableWord::text).toList();

  private final int rank;

  Lifecycle(int rank) {
    this.rank = rank;
  }

  /** 1 for awareness to 5 for advocacy. */
  public int rank() {
    return rank;
  }

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
