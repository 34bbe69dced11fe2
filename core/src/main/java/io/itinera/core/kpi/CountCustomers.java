package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CHANNEL;
import static io.itinera.core.table.TouchpointKpis.CUSTOMERS_COUNT;
import static io.itinera.core.table.TouchpointKpis.EVENT_DATE;
import static io.itinera.core.table.TouchpointKpis.LOCATION_GROUP;
import static io.itinera.core.table.TouchpointKpis.TYPE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.TouchpointKpis;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the customers whom touchpoints reached. */
public final class CountCustomers {

  private CountCustomers() {}

  /**
   * Measures with their customers counted anew, since some turned out to be others.
   *
   * @param kpis rows of {@link TouchpointKpis}, whole days
   * @param touchpoints rows of {@link OwnedTouchpoints} of these days that somebody owns; their
   *     sessions may be missing
   * @return the same rows but for goals
   */
  public static Dataset<Row> recounted(
      Dataset<Row> kpis, Dataset<Row> touchpoints, KpiRules rules) {
    String[] key = TouchpointKpis.TABLE.key().toArray(String[]::new);
    return kpis.drop(CUSTOMERS_COUNT)
        .drop(TouchpointKpis.JUDGED.toArray(String[]::new))
        .join(counts(touchpoints, rules), key, "left")
        .withColumn(CUSTOMERS_COUNT, coalesce(col(CUSTOMERS_COUNT), lit(0L)));
  }

  private static Dataset<Row> counts(Dataset<Row> touchpoints, KpiRules rules) {
    return touchpoints
        .select(
            Stream.concat(Stream.of(rules.key()), Stream.of(col(OwnedTouchpoints.CUSTOMER_ID)))
                .toArray(Column[]::new))
        .distinct()
        .groupBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
        .agg(count(OwnedTouchpoints.CUSTOMER_ID).as(CUSTOMERS_COUNT));
  }
}
