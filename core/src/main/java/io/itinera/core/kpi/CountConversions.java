package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CHANNEL;
import static io.itinera.core.table.TouchpointKpis.CONVERSIONS_COUNT;
import static io.itinera.core.table.TouchpointKpis.EVENT_DATE;
import static io.itinera.core.table.TouchpointKpis.LOCATION_GROUP;
import static io.itinera.core.table.TouchpointKpis.TYPE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.table.Touchpoints;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Counts orders and other conversions. */
final class CountConversions {

  private static final String CONVERSION = "conversion_key";
  private static final String AT = "conversion_micros";
  private static final String LINE_DATE = "line_date";
  private static final String IS_OF_DAY_BEFORE = "is_of_day_before";

  private CountConversions() {}

  /**
   * How many there are, by day, channel, type and group of places. Lines of one order at one place
   * count as one, on the day of the first; those that come soon after its last line of that day
   * (see {@link OrderLines}) do not count on the next.
   *
   * @param touchpoints rows of {@link Touchpoints}: all conversions of some days, and those of the
   *     days before them
   * @return rows also of days before them, which lack some
   */
  static Dataset<Row> counts(Dataset<Row> touchpoints, KpiRules rules) {
    Column isLine = col(Touchpoints.ORDER_ID).isNotNull().and(col(Touchpoints.VALUE).isNotNull());
    Column[] conversion = {
      coalesce(OrderLines.order(), col(Touchpoints.TOUCHPOINT_ID)).as(CONVERSION),
      unix_micros(col(Touchpoints.OCCURRED_AT)).as(AT),
      when(isLine, col(EVENT_DATE)).as(LINE_DATE)
    };
    Column isOfDayBefore =
        coalesce(min(LINE_DATE).over(justBefore()).lt(col(LINE_DATE)), lit(false));
    return touchpoints
        .where(Conversions.isOne(rules.conversionTypes()))
        .select(Stream.concat(Stream.of(rules.key()), Stream.of(conversion)).toArray(Column[]::new))
        .withColumn(IS_OF_DAY_BEFORE, isOfDayBefore)
        .where(not(col(IS_OF_DAY_BEFORE)))
        .select(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP, CONVERSION)
        .distinct()
        .groupBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
        .agg(count(lit(1)).as(CONVERSIONS_COUNT));
  }

  private static WindowSpec justBefore() {
    return Window.partitionBy(CONVERSION)
        .orderBy(AT)
        .rangeBetween(-(OrderLines.OVER_MIDNIGHT.toNanos() / 1_000), Window.currentRow());
  }
}
