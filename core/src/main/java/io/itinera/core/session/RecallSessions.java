package io.itinera.core.session;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Place;
import io.itinera.core.rule.SessionSpans;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the session that each touchpoint was put into. */
public final class RecallSessions {

  private static final String DEFINITION = "recalled_definition";
  private static final String DAY = "recalled_day";
  private static final String SESSION = "recalled_session";
  private static final String FIRST = "recalled_first";
  private static final String LAST = "recalled_last";

  private RecallSessions() {}

  /**
   * Gives touchpoints their sessions again.
   *
   * <p>Sessions of one customer, channel and definition follow one upon the other, so when it
   * happened tells in which of them a touchpoint is. That takes the few sessions of the customers
   * instead of the table that holds the session of every touchpoint of everybody.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; {@link OwnedTouchpoints#SESSION_ID} and
   *     columns that are not needed may be missing
   * @param sessions rows of {@link Sessions}, made by the same {@code rules}, among which all of
   *     the touchpoints' are
   * @return the touchpoints with {@link OwnedTouchpoints#SESSION_ID}
   */
  public static Dataset<Row> recall(
      Dataset<Row> touchpoints, Dataset<Row> sessions, SessionRules rules) {
    Column days = sequence(day(Sessions.STARTED_AT), day(Sessions.ENDED_AT));
    Dataset<Row> known =
        sessions
            .withColumnRenamed(Sessions.DEFINITION, DEFINITION)
            .select(
                col(Sessions.CUSTOMER_ID).as("of_customer"),
                SessionDefinition.channel(Sessions.CHANNEL, rules).as("on_channel"),
                col(DEFINITION),
                col(Sessions.SESSION_ID).as(SESSION),
                col(Sessions.STARTED_AT),
                col(Sessions.ENDED_AT),
                first().as(FIRST),
                last().as(LAST),
                explode(days).as(DAY));
    // By day, so that it does not take a comparison with each of a busy customer's sessions.
    Column isInIt =
        col(OwnedTouchpoints.CUSTOMER_ID)
            .equalTo(col("of_customer"))
            .and(SessionDefinition.channel(Touchpoints.CHANNEL, rules).equalTo(col("on_channel")))
            .and(SessionDefinition.of(rules).equalTo(col(DEFINITION)))
            .and(day(Touchpoints.OCCURRED_AT).equalTo(col(DAY)))
            .and(
                col(Touchpoints.OCCURRED_AT)
                    .between(col(Sessions.STARTED_AT), col(Sessions.ENDED_AT)))
            .and(isBetweenTied());
    return touchpoints
        .drop(OwnedTouchpoints.SESSION_ID)
        .join(known, isInIt, "left")
        .withColumnRenamed(SESSION, OwnedTouchpoints.SESSION_ID)
        .drop("of_customer", "on_channel", DEFINITION, DAY, Sessions.STARTED_AT, Sessions.ENDED_AT)
        .drop(FIRST, LAST);
  }

  /**
   * Touchpoints without their sessions, and rows of the sessions between them: for whoever sorts
   * them by customer and goes through them in order, as {@link SessionSpans} says. That takes no
   * join.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; {@link OwnedTouchpoints#SESSION_ID} and
   *     columns that are not needed may be missing
   * @param sessions rows of {@link Sessions}, as {@link #recall} takes them
   * @return the touchpoints with {@link SessionSpans#KEY}, and a row for each session
   */
  public static Dataset<Row> beside(
      Dataset<Row> touchpoints, Dataset<Row> sessions, SessionRules rules) {
    Dataset<Row> keyed =
        touchpoints.withColumn(
            SessionSpans.KEY, key(Touchpoints.CHANNEL, SessionDefinition.of(rules), rules));
    Dataset<Row> spans =
        sessions.select(
            col(Sessions.CUSTOMER_ID).as(OwnedTouchpoints.CUSTOMER_ID),
            col(Sessions.STARTED_AT).as(Touchpoints.OCCURRED_AT),
            col(Sessions.FIRST_SEQUENCE).as(Touchpoints.SEQUENCE),
            col(Sessions.FIRST_TOUCHPOINT_ID).as(Touchpoints.TOUCHPOINT_ID),
            col(Sessions.SESSION_ID).as(OwnedTouchpoints.SESSION_ID),
            key(Sessions.CHANNEL, col(Sessions.DEFINITION), rules).as(SessionSpans.KEY),
            Place.of(
                    col(Sessions.ENDED_AT),
                    col(Sessions.LAST_SEQUENCE),
                    col(Sessions.LAST_TOUCHPOINT_ID))
                .as(SessionSpans.LAST));
    return keyed.drop(OwnedTouchpoints.SESSION_ID).unionByName(spans, true);
  }

  private static Column key(String channel, Column definition, SessionRules rules) {
    return concat_ws("\u0000", SessionDefinition.channel(channel, rules), definition);
  }

  /** Where sessions part touchpoints of one instant, they say which of them are theirs. */
  private static Column isBetweenTied() {
    Column place = Place.ofTouchpoint();
    return col(LAST).isNull().or(place.geq(col(FIRST)).and(place.leq(col(LAST))));
  }

  private static Column first() {
    return Place.of(
        col(Sessions.STARTED_AT), col(Sessions.FIRST_SEQUENCE), col(Sessions.FIRST_TOUCHPOINT_ID));
  }

  private static Column last() {
    return when(
        col(Sessions.LAST_TOUCHPOINT_ID).isNotNull(),
        Place.of(
            col(Sessions.ENDED_AT), col(Sessions.LAST_SEQUENCE), col(Sessions.LAST_TOUCHPOINT_ID)));
  }

  /** In UTC: where clocks are put back over midnight, days on the wall do not follow in order. */
  private static Column day(String instant) {
    return to_date(col(instant));
  }
}
