package io.itinera.core.journey;

import static io.itinera.core.journey.Fragments.CONVERSION_ID;
import static io.itinera.core.journey.Fragments.FIRST_AT;
import static io.itinera.core.journey.Fragments.ID;
import static io.itinera.core.journey.Fragments.IS_CARRIED;
import static io.itinera.core.journey.Fragments.LAST_AT;
import static io.itinera.core.journey.Fragments.ORDER_KEY;
import static io.itinera.core.journey.Fragments.ORDINAL;
import static io.itinera.core.journey.Fragments.STEPS;
import static io.itinera.core.table.Journeys.CUSTOMER_ID;
import static io.itinera.core.table.Journeys.ENDED_AT;
import static io.itinera.core.table.Journeys.STARTED_AT;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Cuts each customer's touchpoints, across channels, into journeys. */
public final class CutJourneys {

  private static final String NUMBER = "cut_number";
  private static final String OPENS = "opens_journey";
  private static final String FIRST = "first_place";
  private static final String IS_FIRST = "is_first_of_session";
  private static final String PIECES = "pieces";
  private static final String ALL_STEPS = "all_steps";
  private static final double MICROS_OF_DAY = 86_400_000_000.0;
  private static final int ID_LENGTH = 32;

  private CutJourneys() {}

  /**
   * One row per journey.
   *
   * <p>A journey ends with a conversion, or before a silence longer than {@link
   * JourneyRules#gap()}; one of exactly the gap does not end it. Lines of one order at one instant
   * are one conversion, which is named by its first line. A journey that ended without a conversion
   * is abandoned once its silence has passed by {@code asOfEnd}, open before.
   *
   * <p>What came back of their orders, only all journeys of a customer together tell: {@link
   * BookRefunds}.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}, from {@link CarryJourneys#since} on
   * @param carry what the journeys go on from
   * @param asOfEnd first instant after the night
   * @return rows of {@link Journeys}, of which nothing is refunded yet
   */
  public static Dataset<Row> journeys(
      Dataset<Row> touchpoints, CarryJourneys carry, Instant asOfEnd, JourneyRules rules) {
    Dataset<Row> fragments =
        Fragments.ofTouchpoints(touchpoints, rules)
            .unionByName(Fragments.ofJourneys(carry.journeys()));
    Dataset<Row> journeys = summed(cut(fragments, rules), rules);
    return Journeys.TABLE.conform(finished(numbered(journeys, carry.earlier()), asOfEnd, rules));
  }

  /** Whether the silence after {@code ended_at} has passed by {@code asOfEnd}. */
  static Column isAbandoned(Instant asOfEnd, JourneyRules rules) {
    return lit(Timestamp.from(asOfEnd.minus(rules.gap()))).gt(col(ENDED_AT));
  }

  private static Dataset<Row> cut(Dataset<Row> fragments, JourneyRules rules) {
    WindowSpec way = Window.partitionBy(CUSTOMER_ID).orderBy(FIRST_AT, ORDINAL, ID);
    WindowSpec waySoFar = way.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column silence = unix_micros(col(FIRST_AT)).minus(unix_micros(lag(LAST_AT, 1).over(way)));
    Column opens =
        silence
            .isNull()
            .or(silence.gt(rules.gap().toNanos() / 1_000))
            .or(lag(CONVERSION_ID, 1).over(way).isNotNull().and(isSameOrder(way).equalTo(false)));
    WindowSpec session =
        Window.partitionBy(CUSTOMER_ID, NUMBER, OwnedTouchpoints.SESSION_ID)
            .orderBy(FIRST_AT, ORDINAL, ID);
    return fragments
        .repartition(col(CUSTOMER_ID))
        .withColumn(OPENS, when(opens, 1L).otherwise(0L))
        .withColumn(NUMBER, sum(OPENS).over(waySoFar))
        .withColumn(IS_FIRST, col(IS_CARRIED).or(row_number().over(session).equalTo(1)));
  }

  /** Whether a conversion is a further line of the order before it, at the same instant. */
  private static Column isSameOrder(WindowSpec way) {
    Column isLine =
        col(ORDER_KEY)
            .equalTo(lag(ORDER_KEY, 1).over(way))
            .and(col(FIRST_AT).equalTo(lag(LAST_AT, 1).over(way)));
    return coalesce(isLine, lit(false));
  }

  private static Dataset<Row> summed(Dataset<Row> cut, JourneyRules rules) {
    Column order = struct(FIRST_AT, ORDINAL, ID);
    Column hasStep = rules.stepUnit() == StepUnit.SESSION ? col(IS_FIRST) : lit(true);
    Column piece =
        struct(
            col(FIRST_AT),
            col(ORDINAL),
            col(ID),
            when(hasStep, col(STEPS)).as(STEPS),
            when(col(IS_FIRST), col(Fragments.CHANNELS)).as(Fragments.CHANNELS));
    return cut.groupBy(CUSTOMER_ID, NUMBER)
        .agg(
            min(order).as(FIRST),
            max(LAST_AT).as(ENDED_AT),
            min_by(col(CONVERSION_ID), when(col(CONVERSION_ID).isNotNull(), order))
                .as(Journeys.CONVERSION_TOUCHPOINT_ID),
            Money.of(sum(Fragments.REVENUE)).as(Journeys.REVENUE),
            array_distinct(listed(Fragments.ORDER_IDS)).as(Journeys.ORDER_IDS),
            listed(Fragments.REFUNDS).as(Journeys.REFUNDS),
            sum(Fragments.TOUCHES).as(Journeys.TOUCHPOINTS_COUNT),
            sum(when(col(IS_FIRST), col(Fragments.SESSIONS)).otherwise(0L))
                .as(Journeys.SESSIONS_COUNT),
            max(Fragments.STAGE_RANK).as(Fragments.STAGE_RANK),
            bool_or(col(Fragments.CONTACT_CENTRE)).as(Journeys.HAD_CONTACT_CENTRE),
            bool_or(col(Fragments.COMPLAINT)).as(Journeys.HAD_COMPLAINT),
            array_sort(collect_list(when(hasStep.or(col(IS_FIRST)), piece))).as(PIECES));
  }

  private static Column listed(String arrays) {
    return array_sort(flatten(collect_list(arrays)));
  }

  private static Dataset<Row> numbered(Dataset<Row> journeys, Dataset<Row> earlier) {
    Dataset<Row> offsets =
        earlier.select(col(CUSTOMER_ID).as("earlier_id"), col(CarryJourneys.EARLIER_JOURNEYS));
    return journeys
        .join(offsets, col(CUSTOMER_ID).equalTo(col("earlier_id")), "left")
        .withColumn(
            Journeys.JOURNEY_NUMBER,
            col(NUMBER).plus(coalesce(col(CarryJourneys.EARLIER_JOURNEYS), lit(0L))));
  }

  private static Dataset<Row> finished(Dataset<Row> journeys, Instant asOfEnd, JourneyRules rules) {
    Column isConverted = col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull();
    Column id = concat_ws("|", lit("journey"), col(Journeys.FIRST_TOUCHPOINT_ID));
    Column micros = unix_micros(col(ENDED_AT)).minus(unix_micros(col(STARTED_AT)));
    Column outcome =
        when(isConverted, JourneyOutcome.CONVERTED.text())
            .when(isAbandoned(asOfEnd, rules), JourneyOutcome.ABANDONED.text())
            .otherwise(JourneyOutcome.OPEN.text());
    // Several columns at a time: Spark resolves the whole plan anew for each step.
    return journeys
        .withColumns(
            Map.of(
                STARTED_AT,
                col(FIRST).getField(FIRST_AT),
                Journeys.FIRST_SEQUENCE,
                col(FIRST).getField(ORDINAL),
                Journeys.FIRST_TOUCHPOINT_ID,
                col(FIRST).getField(ID),
                ALL_STEPS,
                gathered(STEPS),
                Journeys.CHANNELS,
                array_distinct(gathered(Fragments.CHANNELS)),
                Journeys.OUTCOME,
                outcome,
                Journeys.REFUNDED,
                lit(0).cast(ColumnTypes.MONEY),
                Journeys.STAGE_REACHED,
                Lifecycle.stage(col(Fragments.STAGE_RANK)),
                Journeys.ENDED_ON,
                to_date(from_utc_timestamp(col(ENDED_AT), rules.timeZone().getId()))))
        .withColumns(
            Map.of(
                STEPS,
                Steps.apply(ALL_STEPS, rules.repeats()),
                Journeys.JOURNEY_ID,
                substring(sha2(id, 256), 1, ID_LENGTH),
                Journeys.DAYS_TO_CONVERT,
                when(isConverted, micros.divide(MICROS_OF_DAY))))
        .withColumns(
            Map.of(
                Journeys.PATH, transform(col(STEPS), step -> step.getField(Fragments.STEP)),
                Journeys.PATH_AT, transform(col(STEPS), step -> step.getField(Fragments.AT))))
        .withColumn(Journeys.PATH_TEXT, array_join(col(Journeys.PATH), " > "));
  }

  private static Column gathered(String field) {
    return flatten(
        expr("filter(transform(%s, p -> p.%s), a -> a IS NOT NULL)".formatted(PIECES, field)));
  }
}
