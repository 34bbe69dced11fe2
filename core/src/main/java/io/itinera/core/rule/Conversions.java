package io.itinera.core.rule;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.Touchpoints;
import java.util.Set;
import org.apache.spark.sql.Column;

/** What counts as an order or another conversion. */
public final class Conversions {

  private Conversions() {}

  /**
   * Whether a touchpoint is a conversion: of one of {@code types}, and not the repetition of an
   * order that counts already.
   */
  public static Column isOne(Set<String> types) {
    return col(Touchpoints.TYPE)
        .isin(types.toArray())
        .and(col(Touchpoints.REPEATS_TOUCHPOINT_ID).isNull());
  }
}
