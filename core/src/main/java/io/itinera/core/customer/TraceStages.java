package io.itinera.core.customer;

import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static io.itinera.core.table.CustomerDays.EVENT_DATE;
import static io.itinera.core.table.CustomerStages.ENTERED_AT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerStages;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Follows each customer through the stages of a lifecycle.
 *
 * <p>At any instant a customer is in the furthest stage that was reached on the last {@code
 * stage-window} days, today among them: by a touchpoint in it, retention also by an order that is
 * not the first, advocacy also by an nps answer of 9 or 10. A stage begins with the touchpoint that
 * reaches it and ends at the midnight at which its last such day has left the window. At the end of
 * a night this is the stage that {@link Classify} shows.
 */
public final class TraceStages {

  private static final String RANK = "rank";
  private static final String AT = "at";
  private static final String ORDERS_BEFORE = "orders_before";
  private static final String REACHED = "reached";
  private static final String CHANGE = "change";
  private static final String CHANGES = "changes";
  private static final String NEXT = "next_at";
  private static final String IS_NEW = "is_new";

  private TraceStages() {}

  /**
   * One row per customer and stay in a stage.
   *
   * @param days all rows of {@link CustomerDays} of the customers
   * @param asOfEnd first instant after the night
   * @return rows of {@link CustomerStages}
   */
  public static Dataset<Row> stages(Dataset<Row> days, Instant asOfEnd, CustomerRules rules) {
    Column end = lit(Timestamp.from(asOfEnd));
    WindowSpec way = Window.partitionBy(CUSTOMER_ID).orderBy(ENTERED_AT);
    Column isNew =
        not(
            coalesce(lag(CustomerStages.STAGE, 1).over(way), lit(""))
                .equalTo(coalesce(col(CustomerStages.STAGE), lit(""))));
    Dataset<Row> stays =
        levels(borders(reached(days), rules))
            .withColumn(IS_NEW, isNew)
            .where(IS_NEW)
            .withColumn(NEXT, lead(ENTERED_AT, 1).over(way))
            .where(col(CustomerStages.STAGE).isNotNull().and(col(ENTERED_AT).lt(end)))
            .withColumn(CustomerStages.LEFT_AT, when(col(NEXT).lt(end), col(NEXT)))
            .withColumn(CustomerStages.RUNS_UNTIL, when(col(NEXT).geq(end), col(NEXT)));
    return CustomerStages.TABLE.conform(stays);
  }

  /** Customers whose stage is over by {@code asOfEnd} because nothing more has happened. */
  public static Dataset<Row> expired(Dataset<Row> stages, Instant asOfEnd) {
    return stages
        .where(col(CustomerStages.RUNS_UNTIL).lt(lit(Timestamp.from(asOfEnd))))
        .select(CUSTOMER_ID)
        .distinct();
  }

  /** One row per customer, day and stage reached, with the instant; some stages come twice. */
  private static Dataset<Row> reached(Dataset<Row> days) {
    WindowSpec before =
        Window.partitionBy(CUSTOMER_ID)
            .orderBy(EVENT_DATE)
            .rowsBetween(Window.unboundedPreceding(), -1);
    Column again =
        when(col(ORDERS_BEFORE).geq(1), col(CustomerDays.FIRST_ORDER_AT))
            .otherwise(col(CustomerDays.SECOND_ORDER_AT));
    Column touched =
        transform(
            map_entries(col(CustomerDays.STAGES_AT)),
            entry -> reached(Lifecycle.rank(entry.getField("key")), entry.getField("value")));
    Column others =
        array(
            reached(rank(Lifecycle.RETENTION), again),
            reached(rank(Lifecycle.ADVOCACY), col(CustomerDays.PROMOTER_AT)));
    return days.withColumn(
            ORDERS_BEFORE, coalesce(sum(CustomerDays.ORDERS_COUNT).over(before), lit(0L)))
        .select(
            col(CUSTOMER_ID),
            col(EVENT_DATE),
            explode(filter(concat(touched, others), each -> each.getField(AT).isNotNull()))
                .as(REACHED))
        .select(CUSTOMER_ID, EVENT_DATE, REACHED + ".*");
  }

  private static Column reached(Column rank, Column at) {
    return struct(rank.as(RANK), at.as(AT));
  }

  private static Column rank(Lifecycle stage) {
    return lit((long) stage.rank());
  }

  /** Where a stage begins to count, and where it ceases to: where it was reached too long ago. */
  private static Dataset<Row> borders(Dataset<Row> reached, CustomerRules rules) {
    WindowSpec stage = Window.partitionBy(CUSTOMER_ID, RANK).orderBy(EVENT_DATE, AT);
    Column sinceLast = datediff(col(EVENT_DATE), lag(EVENT_DATE, 1).over(stage));
    Column toNext = datediff(lead(EVENT_DATE, 1).over(stage), col(EVENT_DATE));
    Column midnight =
        to_utc_timestamp(
            date_add(col(EVENT_DATE), rules.stageWindowDays()).cast("timestamp"),
            rules.timeZone().getId());
    Column begins = when(isPast(sinceLast, rules), struct(col(AT).as(AT), lit(1).as(CHANGE)));
    Column ends = when(isPast(toNext, rules), struct(midnight.as(AT), lit(-1).as(CHANGE)));
    return reached
        .withColumn(CHANGES, array(begins, ends))
        .select(
            col(CUSTOMER_ID),
            col(RANK),
            explode(filter(col(CHANGES), each -> each.isNotNull())).as(REACHED))
        .select(
            col(CUSTOMER_ID),
            col(RANK),
            col(REACHED).getField(AT).as(ENTERED_AT),
            col(REACHED).getField(CHANGE).as(CHANGE));
  }

  private static Column isPast(Column days, CustomerRules rules) {
    return coalesce(days.geq(rules.stageWindowDays()), lit(true));
  }

  /** The furthest stage that counts from each border on; none where none does. */
  private static Dataset<Row> levels(Dataset<Row> borders) {
    // All that changes at one instant changes at once.
    WindowSpec soFar =
        Window.partitionBy(CUSTOMER_ID)
            .orderBy(ENTERED_AT)
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    Column[] counting =
        Arrays.stream(Lifecycle.values())
            .map(
                stage -> {
                  Column changes = when(col(RANK).equalTo(stage.rank()), col(CHANGE)).otherwise(0);
                  return when(sum(changes).over(soFar).gt(0), stage.rank());
                })
            .toArray(Column[]::new);
    return borders.withColumn(CustomerStages.STAGE, Lifecycle.stage(array_max(array(counting))));
  }
}
