package io.itinera.core.customer;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.Touchpoints.EVENT_DATE;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.ORDER_ID;
import static io.itinera.core.table.Touchpoints.RATING;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Money;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up what each customer did on each day. */
public final class SumDays {

  private static final int PROMOTER_FROM = 9;
  private static final long OVER_MIDNIGHT_MICROS = OrderLines.OVER_MIDNIGHT.toNanos() / 1_000;

  private static final List<String> MONEY =
      List.of(CustomerDays.ORDER_VALUE, CustomerDays.REFUND_VALUE, CustomerDays.RATINGS_SUM);

  private SumDays() {}

  /**
   * One row per customer and day. An order counts on the day of its first line, as {@link
   * OrderLines} tells.
   *
   * @param touchpoints rows of {@link Touchpoints} with their customers, whole days, and of the day
   *     before what is no longer before midnight than {@link OrderLines#OVER_MIDNIGHT}
   * @return rows of {@link CustomerDays}
   */
  public static Dataset<Row> days(Dataset<Row> touchpoints, CustomerRules rules) {
    Dataset<Row> inTurn =
        touchpoints
            .select(
                DayInTurn.COLUMNS.stream()
                    .map(name -> given(name, rules).as(name))
                    .toArray(Column[]::new))
            .withColumn(EVENT_DATE, explode(days(rules)))
            .repartition(col(CUSTOMER_ID), col(EVENT_DATE))
            .sortWithinPartitions(
                col(CUSTOMER_ID),
                col(EVENT_DATE),
                col(DayInTurn.OWN_DATE).notEqual(col(EVENT_DATE)).desc());
    Dataset<Row> days =
        FoldInTurn.rows(inTurn, new DayInTurn(), DayInTurn.SUMMED, DayInTurn.COLUMNS);
    for (String amount : MONEY) {
      days = days.withColumn(amount, Money.of(col(amount)));
    }
    return CustomerDays.TABLE.conform(days);
  }

  /** Its own day, and of a line before midnight the next one, too: its order may go on there. */
  private static Column days(CustomerRules rules) {
    Column own = col(EVENT_DATE);
    Column later = timestamp_micros(unix_micros(col(OCCURRED_AT)).plus(OVER_MIDNIGHT_MICROS));
    Column next = to_date(from_utc_timestamp(later, rules.timeZone().getId()));
    return when(col(DayInTurn.IS_LINE).and(next.gt(own)), array(own, next)).otherwise(array(own));
  }

  private static Column given(String name, CustomerRules rules) {
    Column isOrder = Conversions.isOne(rules.conversionTypes());
    Column isPromoter =
        col(Touchpoints.RATING_SCALE).equalTo("nps").and(col(RATING).geq(PROMOTER_FROM));
    return switch (name) {
      case DayInTurn.ORDER -> when(isOrder, coalesce(OrderLines.order(), col(TOUCHPOINT_ID)));
      case DayInTurn.OWN_DATE -> col(EVENT_DATE);
      case DayInTurn.IS_LINE ->
          coalesce(
              isOrder.and(col(ORDER_ID).isNotNull()).and(col(Touchpoints.VALUE).isNotNull()),
              lit(false));
      case DayInTurn.PROMOTED_AT -> when(isPromoter, col(OCCURRED_AT));
      case RATING -> col(RATING).cast(ColumnTypes.MONEY);
      case Touchpoints.CATEGORY, Touchpoints.PRODUCT_IDS -> when(isOrder, col(name));
      default -> col(name);
    };
  }
}
