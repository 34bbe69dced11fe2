package io.itinera.core.journey;

import static io.itinera.core.table.Journeys.ENDED_AT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.journey.JourneysInTurn.Kind;
import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.Money;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.Place;
import io.itinera.core.rule.SessionSpans;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cuts each customer's touchpoints, across channels, into journeys. */
public final class CutJourneys {

  private static final String UNKNOWN = "(unknown)";
  private static final String LINE = "whole_line";

  private CutJourneys() {}

  /**
   * One row per journey.
   *
   * <p>A journey ends with a conversion, or before a silence longer than {@link
   * JourneyRules#gap()}; one of exactly the gap does not end it. Lines of one order, as {@link
   * OrderLines} tells them, are one conversion, which is named by its first line and brings the
   * money of all. A journey that ended without a conversion is abandoned once its silence has
   * passed by {@code asOfEnd}, open before. Each refund is {@code refunded} money of one journey:
   * see {@link BookedJourney#bookAll}.
   *
   * <p>Rows are sent around once, and gone through in their order.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}, from {@link CarryJourneys#since} on; and,
   *     where they lack their sessions, rows of sessions between them, as {@link SessionSpans} says
   * @param carry what the journeys go on from
   * @param asOfEnd first instant after the night
   * @return rows of {@link Journeys}: all that were made anew, and those that stay but for what
   *     came back of them
   */
  public static Dataset<Row> journeys(
      Dataset<Row> touchpoints, CarryJourneys carry, Instant asOfEnd, JourneyRules rules) {
    Dataset<Row> rows = rows(touchpoints, rules);
    if (carry.known().isPresent()) {
      rows = rows.unionByName(known(carry.known().get()), true);
    } else {
      rows = rows.withColumn(JourneysInTurn.JOURNEY, lit(null).cast(Journeys.TABLE.schema()));
    }
    Dataset<Row> inTurn =
        rows.repartition(col(JourneysInTurn.CUSTOMER_ID))
            .sortWithinPartitions(
                JourneysInTurn.CUSTOMER_ID,
                JourneysInTurn.AT,
                JourneysInTurn.SEQUENCE,
                JourneysInTurn.ID,
                JourneysInTurn.KIND);
    JourneysInTurn fold = new JourneysInTurn(rules, asOfEnd, carry.known().isEmpty());
    return Journeys.TABLE.conform(
        FoldInTurn.rows(inTurn, fold, JourneysInTurn.SUMMED, JourneysInTurn.COLUMNS)
            .withColumns(
                Map.of(
                    Journeys.REVENUE, Money.of(col(Journeys.REVENUE)),
                    Journeys.REFUNDED, Money.of(col(Journeys.REFUNDED)))));
  }

  /** Whether the silence after {@code ended_at} has passed by {@code asOfEnd}. */
  static Column isAbandoned(Instant asOfEnd, JourneyRules rules) {
    return lit(Timestamp.from(asOfEnd.minus(rules.gap()))).gt(col(ENDED_AT));
  }

  /** The same of instants in microseconds since 1970. */
  static boolean isAbandoned(long endedAt, long asOfEnd, JourneyRules rules) {
    return asOfEnd - endedAt > rules.gap().toNanos() / 1_000;
  }

  private static Dataset<Row> rows(Dataset<Row> touchpoints, JourneyRules rules) {
    boolean hasSessions = List.of(touchpoints.columns()).contains(SessionSpans.LAST);
    Column last = hasSessions ? col(SessionSpans.LAST) : lit(null);
    Column isSession = last.isNotNull();
    Column isConversion = coalesce(Conversions.isOne(rules.conversionTypes()), lit(false));
    Dataset<Row> told = touchpoints.withColumn(LINE, when(isConversion, OrderLines.line()));
    return told.select(
        col(OwnedTouchpoints.CUSTOMER_ID).as(JourneysInTurn.CUSTOMER_ID),
        col(Touchpoints.OCCURRED_AT).as(JourneysInTurn.AT),
        col(Touchpoints.SEQUENCE).as(JourneysInTurn.SEQUENCE),
        col(Touchpoints.TOUCHPOINT_ID).as(JourneysInTurn.ID),
        when(isSession, Kind.SESSION.column())
            .otherwise(Kind.TOUCHPOINT.column())
            .as(JourneysInTurn.KIND),
        col(OwnedTouchpoints.SESSION_ID).as(JourneysInTurn.SESSION),
        hasSessions
            ? col(SessionSpans.KEY).as(JourneysInTurn.SESSION_KEY)
            : lit(null).cast("string").as(JourneysInTurn.SESSION_KEY),
        of(hasSessions, Place.AT, "timestamp").as(JourneysInTurn.LAST_AT),
        of(hasSessions, Place.SEQUENCE, "bigint").as(JourneysInTurn.LAST_SEQUENCE),
        of(hasSessions, Place.ID, "string").as(JourneysInTurn.LAST_ID),
        isConversion.as(JourneysInTurn.IS_CONVERSION),
        col(Touchpoints.ORDER_ID).as(JourneysInTurn.ORDER),
        col(Touchpoints.SOURCE).as(JourneysInTurn.SOURCE),
        col(LINE).getField("order").as(JourneysInTurn.LINE),
        col(LINE).getField("day").cast("bigint").as(JourneysInTurn.LINE_DAY),
        col(Touchpoints.VALUE).as(JourneysInTurn.VALUE),
        label(rules).as(JourneysInTurn.STEP),
        col(Touchpoints.CHANNEL).as(JourneysInTurn.CHANNEL),
        coalesce(Lifecycle.rank(col(Touchpoints.STAGE)), lit(0L)).as(JourneysInTurn.STAGE_RANK),
        col(Touchpoints.CHANNEL)
            .isin(rules.contactCentreChannels().toArray())
            .as(JourneysInTurn.IS_CONTACT),
        col(Touchpoints.TYPE)
            .isin(rules.complaintTypes().toArray())
            .as(JourneysInTurn.IS_COMPLAINT));
  }

  private static Column of(boolean hasSessions, String field, String type) {
    return hasSessions ? col(SessionSpans.LAST).getField(field) : lit(null).cast(type);
  }

  private static Dataset<Row> known(Dataset<Row> known) {
    return known.select(
        col(CarryJourneys.CUSTOMER).as(JourneysInTurn.CUSTOMER_ID),
        col(CarryJourneys.PLACE).getField(Place.AT).as(JourneysInTurn.AT),
        col(CarryJourneys.PLACE).getField(Place.SEQUENCE).as(JourneysInTurn.SEQUENCE),
        col(CarryJourneys.PLACE).getField(Place.ID).as(JourneysInTurn.ID),
        col(CarryJourneys.KIND).as(JourneysInTurn.KIND),
        col(CarryJourneys.JOURNEY).as(JourneysInTurn.JOURNEY));
  }

  /** What a step is called. */
  static Column label(JourneyRules rules) {
    Column channelType = concat_ws(":", col(Touchpoints.CHANNEL), col(Touchpoints.TYPE));
    Column label =
        switch (rules.stepLabel()) {
          case CHANNEL -> col(Touchpoints.CHANNEL);
          case MARKETING_CHANNEL -> col(Touchpoints.MARKETING_CHANNEL);
          case TYPE -> col(Touchpoints.TYPE);
          case CHANNEL_TYPE -> channelType;
          case STAGE -> col(Touchpoints.STAGE);
          case PAGE -> coalesce(PatternFunctions.expr(rules.page()), channelType);
        };
    return coalesce(label, lit(UNKNOWN));
  }
}
