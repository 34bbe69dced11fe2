package io.itinera.core.settle;

import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Touchpoints;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts touchpoints by source, channel and day. */
public final class CountSourceDays {

  private CountSourceDays() {}

  /**
   * Counts the touchpoints of some days.
   *
   * @param touchpoints all rows of {@link Touchpoints} of these days
   * @param personTypes types of identifiers that name a person
   * @return rows of {@link SourceDays}
   */
  public static Dataset<Row> count(Dataset<Row> touchpoints, Set<String> personTypes) {
    String[] types = personTypes.stream().sorted().toArray(String[]::new);
    Column isIdentified =
        arrays_overlap(col(Touchpoints.IDENTIFIERS).getField(ColumnTypes.TYPE), lit(types));
    return SourceDays.TABLE.conform(
        touchpoints
            .groupBy(Touchpoints.SOURCE, Touchpoints.CHANNEL, Touchpoints.EVENT_DATE)
            .agg(
                org.apache.spark.sql.functions.count(lit(1)).as(SourceDays.TOUCHPOINTS_COUNT),
                count_if(isIdentified).as(SourceDays.IDENTIFIED_COUNT),
                count_if(col(Touchpoints.BOT_REASON).isNotNull()).as(SourceDays.BOTS_COUNT)));
  }
}
