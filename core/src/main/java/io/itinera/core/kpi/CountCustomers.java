package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CHANNEL;
import static io.itinera.core.table.TouchpointKpis.CUSTOMERS_COUNT;
import static io.itinera.core.table.TouchpointKpis.EVENT_DATE;
import static io.itinera.core.table.TouchpointKpis.LOCATION_GROUP;
import static io.itinera.core.table.TouchpointKpis.TYPE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import io.itinera.core.table.OwnedTouchpoints;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the customers whom touchpoints reached. */
public final class CountCustomers {

  private CountCustomers() {}

  /**
   * One row per day, channel, type and group of places, with the number of customers.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints} that somebody owns, whole days; their
   *     sessions may be missing
   */
  public static Dataset<Row> counts(Dataset<Row> touchpoints, KpiRules rules) {
    return touchpoints
        .select(
            Stream.concat(Stream.of(rules.key()), Stream.of(col(OwnedTouchpoints.CUSTOMER_ID)))
                .toArray(Column[]::new))
        .distinct()
        .groupBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
        .agg(count(OwnedTouchpoints.CUSTOMER_ID).as(CUSTOMERS_COUNT));
  }
}
