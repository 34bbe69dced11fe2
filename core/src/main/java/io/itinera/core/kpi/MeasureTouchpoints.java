package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CHANNEL;
import static io.itinera.core.table.TouchpointKpis.EVENT_DATE;
import static io.itinera.core.table.TouchpointKpis.LOCATION_GROUP;
import static io.itinera.core.table.TouchpointKpis.STAGE;
import static io.itinera.core.table.TouchpointKpis.TYPE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Money;
import io.itinera.core.rule.Place;
import io.itinera.core.rule.SessionSpans;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Measures what the touchpoints of a day came to. */
public final class MeasureTouchpoints {

  static final String QUEUE = "queue_seconds";
  static final String HOLD = "hold_seconds";
  static final String HANDLE = "handle_seconds";
  static final String SOLVED = "is_solved";
  static final String REOPENED = "is_reopened";
  static final String REPLY = "reply_minutes";
  static final String BUSINESS = "reply_business_minutes";

  private static final StructType NO_PLACE =
      new StructType()
          .add(Place.AT, DataTypes.TimestampType)
          .add(Place.SEQUENCE, DataTypes.LongType)
          .add(Place.ID, DataTypes.StringType);
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
   * <p>Rows are sent around once, and gone through from each customer's last to the first.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}, whole days, those that nobody owns too;
   *     and, where they lack their sessions, rows of sessions between them, as {@link SessionSpans}
   *     says
   * @param conversions rows of {@link Touchpoints} of the same days and of those before them, among
   *     which all conversions are
   * @return rows of {@link TouchpointKpis} but for goals
   */
  public static Dataset<Row> measures(
      Dataset<Row> touchpoints, Dataset<Row> conversions, KpiRules rules) {
    Column timeSpent = coalesce(col(Touchpoints.DURATION_SECONDS), col(VisitsInTurn.SECONDS));
    Column isExit = col(VisitsInTurn.HAS_SESSION).and(col(VisitsInTurn.NEXT).isNull());
    return inVisits(touchpoints, rules)
        .groupBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
        .agg(
            mode(col(STAGE), true).as(STAGE),
            count(lit(1)).as(TouchpointKpis.TOUCHPOINTS_COUNT),
            count_if(col(VisitsInTurn.COUNTS_CUSTOMER)).as(TouchpointKpis.CUSTOMERS_COUNT),
            count_if(col(VisitsInTurn.COUNTS)).as(TouchpointKpis.SESSIONS_COUNT),
            count_if(col(VisitsInTurn.COUNTS_CONVERTED))
                .as(TouchpointKpis.CONVERTED_SESSIONS_COUNT),
            count_if(isExit).as(TouchpointKpis.EXITS_COUNT),
            sum(VisitsInTurn.ACTIONS).as(TouchpointKpis.ACTIONS_COUNT),
            mode(col(VisitsInTurn.NEXT), true).as(TouchpointKpis.NEXT_STEP),
            median(Touchpoints.DURATION_SECONDS).as(TouchpointKpis.MEDIAN_DURATION_SECONDS),
            percentile(timeSpent, lit(0.5)).as(TouchpointKpis.MEDIAN_TIME_SPENT_SECONDS),
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
            median(BUSINESS).as(TouchpointKpis.MEDIAN_REPLY_BUSINESS_MINUTES))
        .join(
            CountConversions.counts(conversions, rules),
            TouchpointKpis.TABLE.key().toArray(String[]::new),
            "left")
        .withColumn(
            TouchpointKpis.CONVERSIONS_COUNT,
            coalesce(col(TouchpointKpis.CONVERSIONS_COUNT), lit(0L)));
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

  private static Dataset<Row> inVisits(Dataset<Row> touchpoints, KpiRules rules) {
    Dataset<Row> narrow = narrow(touchpoints, rules);
    Dataset<Row> inTurn =
        narrow
            .repartition(col(VisitsInTurn.OWNER))
            .sortWithinPartitions(
                col(VisitsInTurn.OWNER),
                col(VisitsInTurn.AT).desc(),
                col(VisitsInTurn.RANK),
                col(VisitsInTurn.SEQUENCE).desc(),
                col(VisitsInTurn.ID).desc(),
                col(VisitsInTurn.KIND));
    return FoldInTurn.rows(
        inTurn, new VisitsInTurn(), VisitsInTurn.result(narrow.schema()), VisitsInTurn.COLUMNS);
  }

  private static Dataset<Row> narrow(Dataset<Row> touchpoints, KpiRules rules) {
    boolean hasSessions = List.of(touchpoints.columns()).contains(SessionSpans.LAST);
    Column last = hasSessions ? col(SessionSpans.LAST) : lit(null).cast(NO_PLACE);
    Column isSession = last.isNotNull();
    Column isConversion = Conversions.isOne(rules.conversionTypes());
    KpiRules.Service service = rules.service();
    Column[] measured = {
      col(STAGE),
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
      rules.value(service.replyBusinessMinutes()).try_cast("double").as(BUSINESS),
      coalesce(col(OwnedTouchpoints.CUSTOMER_ID), col(Touchpoints.TOUCHPOINT_ID))
          .as(VisitsInTurn.OWNER),
      col(OwnedTouchpoints.CUSTOMER_ID),
      place(isSession, last.getField(Place.AT), Touchpoints.OCCURRED_AT).as(VisitsInTurn.AT),
      place(isSession, last.getField(Place.SEQUENCE), Touchpoints.SEQUENCE)
          .as(VisitsInTurn.SEQUENCE),
      place(isSession, last.getField(Place.ID), Touchpoints.TOUCHPOINT_ID).as(VisitsInTurn.ID),
      when(isSession.and(last.getField(Place.ID).isNull()), 0L).otherwise(1L).as(VisitsInTurn.RANK),
      when(isSession, 0L).otherwise(1L).as(VisitsInTurn.KIND),
      col(OwnedTouchpoints.SESSION_ID),
      (hasSessions ? col(SessionSpans.KEY) : lit(null).cast("string")).as(VisitsInTurn.SESSION_KEY),
      when(isSession, col(Touchpoints.OCCURRED_AT)).as(VisitsInTurn.FIRST_AT),
      when(isSession, col(Touchpoints.SEQUENCE)).as(VisitsInTurn.FIRST_SEQUENCE),
      when(isSession, col(Touchpoints.TOUCHPOINT_ID)).as(VisitsInTurn.FIRST_ID),
      unix_date(col(EVENT_DATE)).cast("bigint").as(VisitsInTurn.DAY),
      isConversion.as(VisitsInTurn.IS_CONVERSION),
      coalesce(rules.value(rules.isAction()).try_cast("boolean"), lit(false))
          .as(VisitsInTurn.IS_ACTION)
    };
    return touchpoints.select(
        Stream.concat(Stream.of(rules.key()), Stream.of(measured)).toArray(Column[]::new));
  }

  private static Column place(Column isSession, Column ofSession, String ofTouchpoint) {
    return when(isSession, ofSession).otherwise(col(ofTouchpoint));
  }
}
