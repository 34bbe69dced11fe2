package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CHANNEL;
import static io.itinera.core.table.TouchpointKpis.EVENT_DATE;
import static io.itinera.core.table.TouchpointKpis.LOCATION_GROUP;
import static io.itinera.core.table.TouchpointKpis.STAGE;
import static io.itinera.core.table.TouchpointKpis.TYPE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Money;
import io.itinera.core.rule.Place;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Measures what the touchpoints of a day came to. */
public final class MeasureTouchpoints {

  private static final String VISIT = "visit_id";
  private static final String HAS_SESSION = "has_session";
  private static final String PLACE = "place";
  private static final String IS_CONVERSION = "is_conversion";
  private static final String ORDER = "order_key";
  private static final String NEXT = "next_touch";
  private static final String NEXT_AT = "next_at";
  private static final String LAST_CONVERSION = "last_conversion";
  private static final String IS_FIRST = "is_first_of_session";
  private static final String QUEUE = "queue_seconds";
  private static final String HOLD = "hold_seconds";
  private static final String HANDLE = "handle_seconds";
  private static final String SOLVED = "is_solved";
  private static final String REOPENED = "is_reopened";
  private static final String REPLY = "reply_minutes";
  private static final String BUSINESS = "reply_business_minutes";

  private static final int PROMOTER_FROM = 9;
  private static final int DETRACTOR_TO = 6;
  private static final double PERCENT = 100;

  private MeasureTouchpoints() {}

  /**
   * One row per day, channel, type and group of places.
   *
   * <p>A day stands for itself: what follows a touchpoint is what follows it in its session on the
   * same day. Medians are exact; of an even number they are the mean of the two in the middle.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}, whole days, those that nobody owns too
   * @return rows of {@link TouchpointKpis} but for customers and goals
   */
  public static Dataset<Row> measures(Dataset<Row> touchpoints, KpiRules rules) {
    Column isLed = coalesce(col(PLACE).leq(col(LAST_CONVERSION)), lit(false));
    Column timeSpent =
        coalesce(
            col(Touchpoints.DURATION_SECONDS),
            unix_seconds(col(NEXT_AT)).minus(unix_seconds(col(Touchpoints.OCCURRED_AT))));
    return followed(keyed(touchpoints, rules))
        .groupBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
        .agg(
            mode(col(STAGE), true).as(STAGE),
            count(lit(1)).as(TouchpointKpis.TOUCHPOINTS_COUNT),
            count_if(col(IS_FIRST)).as(TouchpointKpis.SESSIONS_COUNT),
            count_if(col(IS_FIRST).and(isLed)).as(TouchpointKpis.CONVERTED_SESSIONS_COUNT),
            count_if(col(HAS_SESSION).and(col(NEXT).isNull())).as(TouchpointKpis.EXITS_COUNT),
            mode(col(NEXT), true).as(TouchpointKpis.NEXT_STEP),
            median(Touchpoints.DURATION_SECONDS).as(TouchpointKpis.MEDIAN_DURATION_SECONDS),
            percentile(timeSpent, lit(0.5)).as(TouchpointKpis.MEDIAN_TIME_SPENT_SECONDS),
            size(collect_set(ORDER)).cast("long").as(TouchpointKpis.CONVERSIONS_COUNT),
            Money.of(coalesce(sum(Touchpoints.VALUE), lit(0))).as(TouchpointKpis.REVENUE),
            count(Touchpoints.RATING).as(TouchpointKpis.RATINGS_COUNT),
            avg(col(Touchpoints.RATING).cast(ColumnTypes.MONEY))
                .cast("double")
                .as(TouchpointKpis.RATING_MEAN),
            avg(promoted()).as(TouchpointKpis.NPS),
            median(QUEUE).as(TouchpointKpis.MEDIAN_QUEUE_SECONDS),
            median(HOLD).as(TouchpointKpis.MEDIAN_HOLD_SECONDS),
            median(HANDLE).as(TouchpointKpis.MEDIAN_HANDLE_SECONDS),
            avg(col(SOLVED).cast("int")).as(TouchpointKpis.FIRST_CONTACT_RESOLUTION),
            avg(col(REOPENED).cast("int")).as(TouchpointKpis.REOPENED_SHARE),
            median(REPLY).as(TouchpointKpis.MEDIAN_REPLY_MINUTES),
            median(BUSINESS).as(TouchpointKpis.MEDIAN_REPLY_BUSINESS_MINUTES));
  }

  private static Column median(String column) {
    return percentile(col(column), lit(0.5));
  }

  /** 100 for a promoter, −100 for a detractor: their mean is the net promoter score. */
  private static Column promoted() {
    Column rating = col(Touchpoints.RATING);
    Column points =
        when(rating.geq(PROMOTER_FROM), PERCENT)
            .when(rating.leq(DETRACTOR_TO), -PERCENT)
            .when(rating.isNotNull(), 0.0);
    return when(col(Touchpoints.RATING_SCALE).equalTo("nps"), points);
  }

  private static Dataset<Row> keyed(Dataset<Row> touchpoints, KpiRules rules) {
    Column isConversion = Conversions.isOne(rules.conversionTypes());
    KpiRules.Service service = rules.service();
    Column[] measured = {
      col(STAGE),
      coalesce(col(OwnedTouchpoints.SESSION_ID), col(Touchpoints.TOUCHPOINT_ID)).as(VISIT),
      col(OwnedTouchpoints.SESSION_ID).isNotNull().as(HAS_SESSION),
      Place.ofTouchpoint().as(PLACE),
      col(Touchpoints.OCCURRED_AT),
      isConversion.as(IS_CONVERSION),
      when(isConversion, coalesce(col(Touchpoints.ORDER_ID), col(Touchpoints.TOUCHPOINT_ID)))
          .as(ORDER),
      col(Touchpoints.VALUE),
      col(Touchpoints.DURATION_SECONDS),
      col(Touchpoints.RATING),
      col(Touchpoints.RATING_SCALE),
      rules.value(service.queueSeconds()).try_cast("double").as(QUEUE),
      rules.value(service.holdSeconds()).try_cast("double").as(HOLD),
      rules.value(service.handleSeconds()).try_cast("double").as(HANDLE),
      rules.value(service.isSolvedAtOnce()).try_cast("boolean").as(SOLVED),
      rules.value(service.isReopened()).try_cast("boolean").as(REOPENED),
      rules.value(service.replyMinutes()).try_cast("double").as(REPLY),
      rules.value(service.replyBusinessMinutes()).try_cast("double").as(BUSINESS)
    };
    return touchpoints.select(
        Stream.concat(Stream.of(rules.key()), Stream.of(measured)).toArray(Column[]::new));
  }

  private static Dataset<Row> followed(Dataset<Row> keyed) {
    WindowSpec visit = Window.partitionBy(EVENT_DATE, VISIT);
    WindowSpec inOrder = visit.orderBy(PLACE);
    WindowSpec whole = visit.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    WindowSpec alike =
        Window.partitionBy(EVENT_DATE, VISIT, CHANNEL, TYPE, LOCATION_GROUP).orderBy(PLACE);
    // All windows are within a visit: rows are sent around once.
    return keyed
        .repartition(col(EVENT_DATE), col(VISIT))
        .withColumn(NEXT, lead(concat_ws(":", col(CHANNEL), col(TYPE)), 1).over(inOrder))
        .withColumn(NEXT_AT, lead(Touchpoints.OCCURRED_AT, 1).over(inOrder))
        .withColumn(LAST_CONVERSION, max(when(col(IS_CONVERSION), col(PLACE))).over(whole))
        .withColumn(IS_FIRST, col(HAS_SESSION).and(row_number().over(alike).equalTo(1)));
  }
}
