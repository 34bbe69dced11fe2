package io.itinera.core.journey;

import static io.itinera.core.table.Journeys.CUSTOMER_ID;
import static io.itinera.core.table.Journeys.FIRST_SEQUENCE;
import static io.itinera.core.table.Journeys.FIRST_TOUCHPOINT_ID;
import static io.itinera.core.table.Journeys.JOURNEY_ID;
import static io.itinera.core.table.Journeys.REFUNDED;
import static io.itinera.core.table.Journeys.STARTED_AT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Journeys;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the journey of which each refund is.
 *
 * <p>A refund is of the journey in which its order was bought, the first if lines of the order were
 * bought in several, whether that was before or after it. One that names no order, or none of the
 * customer's, is of the last converted journey before the one in which it happened; where there is
 * none, of the one in which it happened. So each refund is of exactly one journey of its customer,
 * and sums over journeys and over customers are the same.
 */
public final class BookRefunds {

  private static final String OTHERWISE = "otherwise_id";
  private static final String BEFORE = "refunded_before";
  private static final String ITEM = "item";
  private static final String ORDER = "item_order";
  private static final String KIND = "item_kind";
  private static final String TARGET = "item_journey";
  private static final String AMOUNT = "item_amount";
  private static final String JOURNEY = "whole_journey";

  /** In this order, so that a sale comes in front of the refunds of its order. */
  private static final int SALE = 0;

  private static final int REFUND = 1;
  private static final int SELF = 2;

  private BookRefunds() {}

  /**
   * All journeys of some customers with what came back of them.
   *
   * @param journeys rows of {@link Journeys}, all that these customers have
   * @return the same rows
   */
  public static Dataset<Row> booked(Dataset<Row> journeys) {
    return journeys(journeys.withColumn(BEFORE, lit(null).cast(ColumnTypes.MONEY)));
  }

  /**
   * What is new of some customers' journeys: those made anew, and those that stay but for what came
   * back of them.
   *
   * @param made rows of {@link Journeys} that were made anew
   * @param kept all others of these customers, as they are stored
   * @return rows of {@link Journeys}: all of {@code made}, and the changed ones of {@code kept}
   */
  public static Dataset<Row> changed(Dataset<Row> made, Dataset<Row> kept) {
    return journeys(
        made.withColumn(BEFORE, lit(null).cast(ColumnTypes.MONEY))
            .unionByName(
                kept.withColumn(BEFORE, coalesce(col(REFUNDED), lit(-1).cast(ColumnTypes.MONEY)))));
  }

  private static Dataset<Row> journeys(Dataset<Row> journeys) {
    // All windows and groups are within a customer: rows are sent around once, at most.
    WindowSpec order =
        Window.partitionBy(CUSTOMER_ID, ORDER)
            .orderBy(KIND, STARTED_AT, FIRST_SEQUENCE, FIRST_TOUCHPOINT_ID)
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column ofOrder = first(when(col(KIND).equalTo(SALE), col(TARGET)), true).over(order);
    Dataset<Row> sums =
        items(journeys)
            .withColumn(TARGET, coalesce(ofOrder, col(TARGET)))
            .where(col(KIND).notEqual(SALE))
            .groupBy(CUSTOMER_ID, TARGET)
            .agg(
                first(JOURNEY, true).as(JOURNEY),
                Money.of(coalesce(sum(AMOUNT), lit(0))).as(REFUNDED));
    Column before = col(JOURNEY).getField(BEFORE);
    return sums.where(before.isNull().or(before.notEqual(col(REFUNDED)))).select(columns());
  }

  /** Each journey, each order bought in it, and each refund in it as a row. */
  private static Dataset<Row> items(Dataset<Row> journeys) {
    WindowSpec earlier =
        Window.partitionBy(CUSTOMER_ID)
            .orderBy(STARTED_AT, FIRST_SEQUENCE, FIRST_TOUCHPOINT_ID)
            .rowsBetween(Window.unboundedPreceding(), -1);
    Column converted = when(col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull(), col(JOURNEY_ID));
    Column whole =
        struct(Stream.of(journeys.columns()).map(name -> col(name)).toArray(Column[]::new));
    Column noOrder = lit(null).cast(DataTypes.StringType);
    Column noMoney = lit(null).cast(ColumnTypes.MONEY);
    Column itself = array(item(noOrder, SELF, col(JOURNEY_ID), noMoney));
    Column sales =
        transform(col(Journeys.ORDER_IDS), id -> item(id, SALE, col(JOURNEY_ID), noMoney));
    Column refunds =
        transform(
            col(Journeys.REFUNDS),
            refund ->
                item(
                    refund.getField(ColumnTypes.ORDER_ID),
                    REFUND,
                    col(OTHERWISE),
                    refund.getField(ColumnTypes.AMOUNT)));
    // A whole journey comes along but once, however many refunds happened in it.
    Column items =
        transform(
            concat(itself, sales, refunds),
            item -> item.withField(JOURNEY, when(item.getField(KIND).equalTo(SELF), whole)));
    return journeys
        .withColumn(OTHERWISE, coalesce(last(converted, true).over(earlier), col(JOURNEY_ID)))
        .select(
            col(CUSTOMER_ID),
            col(STARTED_AT),
            col(FIRST_SEQUENCE),
            col(FIRST_TOUCHPOINT_ID),
            explode(items).as(ITEM))
        .select(CUSTOMER_ID, STARTED_AT, FIRST_SEQUENCE, FIRST_TOUCHPOINT_ID, ITEM + ".*");
  }

  private static Column item(Column order, int kind, Column target, Column amount) {
    return struct(order.as(ORDER), lit(kind).as(KIND), target.as(TARGET), amount.as(AMOUNT));
  }

  private static Column[] columns() {
    return Stream.of(Journeys.TABLE.schema().fieldNames())
        .map(name -> name.equals(REFUNDED) ? col(name) : col(JOURNEY).getField(name).as(name))
        .toArray(Column[]::new);
  }
}
