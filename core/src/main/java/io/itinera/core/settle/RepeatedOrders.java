package io.itinera.core.settle;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.BotRules;
import io.itinera.core.table.OrderRecords;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Lets an order count once, where its source says so: its first purchase, in the order of
 * touchpoints, has the value; the others stay as touchpoints without one.
 *
 * <p>Which is first depends on nothing but the purchases that there are, so the order in which they
 * were loaded does not matter. Google Analytics counts a transaction id once in the same way
 * (https://support.google.com/analytics/answer/12313109).
 */
public final class RepeatedOrders {

  private static final String PURCHASE = "purchase";
  private static final String FIRST = "first_touchpoint_id";
  private static final String REPEATS = "wanted_repeats";
  private static final String MARKED = "marked_id";

  /** Stands for a mark that does not agree with the value beside it. */
  private static final String UNSETTLED = "";

  private RepeatedOrders() {}

  /**
   * The purchases among {@code touchpoints} whose order counts once.
   *
   * @param touchpoints rows of {@link Touchpoints}
   * @param sources names of the sources whose orders do
   * @return rows of {@link OrderRecords}, with the marks that the touchpoints have
   */
  public static Dataset<Row> records(
      Dataset<Row> touchpoints, List<String> sources, BotRules bots) {
    Column isMachine = bots.exclude() ? col(Touchpoints.BOT_REASON).isNotNull() : lit(false);
    Column lacksValue =
        col(Touchpoints.VALUE).isNull().and(col(Touchpoints.RECORDED_VALUE).isNotNull());
    Column isMarked = col(Touchpoints.REPEATS_TOUCHPOINT_ID).isNotNull();
    Dataset<Row> purchases =
        touchpoints
            .where(col(Touchpoints.SOURCE).isin(sources.toArray()))
            .where(col(Touchpoints.TYPE).equalTo(PURCHASE))
            .where(col(Touchpoints.ORDER_ID).isNotNull())
            .withColumn(OrderRecords.IS_MACHINE, isMachine)
            .withColumn(
                OrderRecords.REPEATS_TOUCHPOINT_ID,
                when(lacksValue.and(not(isMarked)), UNSETTLED)
                    .otherwise(col(Touchpoints.REPEATS_TOUCHPOINT_ID)));
    return OrderRecords.TABLE.conform(purchases);
  }

  /**
   * The purchases whose mark is another than it must be.
   *
   * @param records rows of {@link OrderRecords}: all of each order that is among them
   * @return touchpoint_id, event_date and repeats_touchpoint_id as it must be
   */
  public static Dataset<Row> marks(Dataset<Row> records) {
    // What a machine bought hides no person's purchase.
    WindowSpec order =
        Window.partitionBy(OrderRecords.SOURCE, OrderRecords.ORDER_ID)
            .orderBy(
                OrderRecords.IS_MACHINE,
                OrderRecords.OCCURRED_AT,
                OrderRecords.SEQUENCE,
                OrderRecords.TOUCHPOINT_ID)
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column isRepeated = col(FIRST).notEqual(col(OrderRecords.TOUCHPOINT_ID));
    return records
        .withColumn(FIRST, first(OrderRecords.TOUCHPOINT_ID).over(order))
        .withColumn(REPEATS, when(isRepeated, col(FIRST)))
        .where(not(col(REPEATS).eqNullSafe(col(OrderRecords.REPEATS_TOUCHPOINT_ID))))
        .select(
            col(OrderRecords.TOUCHPOINT_ID),
            col(OrderRecords.EVENT_DATE),
            col(REPEATS).as(OrderRecords.REPEATS_TOUCHPOINT_ID));
  }

  /**
   * The touchpoints that have new marks.
   *
   * @param touchpoints rows of {@link Touchpoints}
   * @param marks as {@link #marks} gives them
   * @return rows of {@link Touchpoints}, with and without value as they must be
   */
  public static Dataset<Row> marked(Dataset<Row> touchpoints, Dataset<Row> marks) {
    Dataset<Row> marked =
        touchpoints
            .join(named(marks), col(Touchpoints.TOUCHPOINT_ID).equalTo(col(MARKED)), "inner")
            .withColumn(Touchpoints.REPEATS_TOUCHPOINT_ID, col(REPEATS))
            .withColumn(
                Touchpoints.VALUE,
                when(
                    col(REPEATS).isNull(),
                    coalesce(col(Touchpoints.RECORDED_VALUE), col(Touchpoints.VALUE))));
    return Touchpoints.TABLE.conform(marked);
  }

  /**
   * {@code records} with the new {@code marks} of those that have one.
   *
   * @return rows of {@link OrderRecords}
   */
  public static Dataset<Row> remembered(Dataset<Row> records, Dataset<Row> marks) {
    Dataset<Row> remembered =
        records
            .join(named(marks), col(OrderRecords.TOUCHPOINT_ID).equalTo(col(MARKED)), "left")
            .withColumn(
                OrderRecords.REPEATS_TOUCHPOINT_ID,
                when(col(MARKED).isNotNull(), col(REPEATS))
                    .otherwise(col(OrderRecords.REPEATS_TOUCHPOINT_ID)));
    return OrderRecords.TABLE.conform(remembered);
  }

  private static Dataset<Row> named(Dataset<Row> marks) {
    return marks.select(
        col(OrderRecords.TOUCHPOINT_ID).as(MARKED),
        col(OrderRecords.REPEATS_TOUCHPOINT_ID).as(REPEATS));
  }
}
