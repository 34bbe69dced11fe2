package io.itinera.core.customer;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.Touchpoints.EVENT_DATE;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.ORDER_ID;
import static io.itinera.core.table.Touchpoints.RATING;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Money;
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

  private static final List<String> MONEY =
      List.of(CustomerDays.ORDER_VALUE, CustomerDays.REFUND_VALUE, CustomerDays.RATINGS_SUM);

  private SumDays() {}

  /**
   * One row per customer and day.
   *
   * @param touchpoints rows of {@link Touchpoints} with their customers, whole days
   * @return rows of {@link CustomerDays}
   */
  public static Dataset<Row> days(Dataset<Row> touchpoints, CustomerRules rules) {
    Dataset<Row> inTurn =
        touchpoints
            .select(
                DayInTurn.COLUMNS.stream()
                    .map(name -> given(name, rules).as(name))
                    .toArray(Column[]::new))
            .repartition(col(CUSTOMER_ID), col(EVENT_DATE))
            .sortWithinPartitions(CUSTOMER_ID, EVENT_DATE);
    Dataset<Row> days =
        FoldInTurn.rows(inTurn, new DayInTurn(), DayInTurn.SUMMED, DayInTurn.COLUMNS);
    for (String amount : MONEY) {
      days = days.withColumn(amount, Money.of(col(amount)));
    }
    return CustomerDays.TABLE.conform(days);
  }

  private static Column given(String name, CustomerRules rules) {
    Column isOrder = Conversions.isOne(rules.conversionTypes());
    Column isPromoter =
        col(Touchpoints.RATING_SCALE).equalTo("nps").and(col(RATING).geq(PROMOTER_FROM));
    return switch (name) {
      case DayInTurn.ORDER -> when(isOrder, coalesce(col(ORDER_ID), col(TOUCHPOINT_ID)));
      case DayInTurn.PROMOTED_AT -> when(isPromoter, col(OCCURRED_AT));
      case RATING -> col(RATING).cast(ColumnTypes.MONEY);
      case Touchpoints.CATEGORY, Touchpoints.PRODUCT_IDS -> when(isOrder, col(name));
      default -> col(name);
    };
  }
}
