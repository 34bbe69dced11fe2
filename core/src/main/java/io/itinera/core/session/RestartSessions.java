package io.itinera.core.session;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.SessionEnd;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From when on an affected customer's sessions must be cut anew. */
public final class RestartSessions {

  public static final String CUSTOMER_ID = Sessions.CUSTOMER_ID;

  /** Column of the input: first instant of the customer that changed. */
  public static final String FROM_AT = "from_at";

  /** Column of the output: start of the first session that may change. */
  public static final String SINCE = "since";

  /** Column of the output: day of {@link #SINCE} where a conversation reaches behind time. */
  public static final String EARLIER_ON = "earlier_on";

  /** Column: sessions of a customer that stay as they are. */
  public static final String EARLIER_SESSIONS = "earlier_sessions";

  /** Column: a stored session, and whether it stays as it is. */
  public static final String MET_SESSION = "met_session_id";

  public static final String IS_KEPT = "is_kept";

  private static final String RESTART_ID = "restart_id";
  private static final String RESTART_AT = "restart_at";

  private RestartSessions() {}

  /**
   * The customers with a session that was still open when the last night ended, and whose time is
   * over by now.
   *
   * @param sessions rows of {@link Sessions} as they are stored
   * @param asOfEnd first instant after this night
   * @return {@link #CUSTOMER_ID}, {@link #FROM_AT}
   */
  public static Dataset<Row> expired(Dataset<Row> sessions, Instant asOfEnd, SessionRules rules) {
    Column end =
        least(
            unix_micros(col(Sessions.ENDED_AT)).plus(SessionDefinition.timeoutMicros(rules)),
            unix_micros(col(Sessions.STARTED_AT)).plus(SessionDefinition.longestMicros(rules)));
    Column isOver = end.lt(ChronoUnit.MICROS.between(Instant.EPOCH, asOfEnd));
    return sessions
        .where(col(Sessions.END_REASON).equalTo(SessionEnd.OPEN.text()).and(isOver))
        .groupBy(CUSTOMER_ID)
        .agg(min(Sessions.STARTED_AT).as(FROM_AT));
  }

  /**
   * Start of the first session of each customer that the change reaches by time: one that ended no
   * longer than its timeout before {@link #FROM_AT}.
   *
   * @param affected {@link #CUSTOMER_ID}, {@link #FROM_AT}
   * @param sessions rows of {@link Sessions} as they are stored
   * @return {@link #CUSTOMER_ID}, {@link #FROM_AT}, {@link #SINCE}; one row per affected customer
   */
  public static Dataset<Row> byTime(
      Dataset<Row> affected, Dataset<Row> sessions, SessionRules rules) {
    Column reach =
        unix_micros(col(Sessions.ENDED_AT))
            .plus(SessionDefinition.timeoutMicros(rules))
            .geq(unix_micros(col(FROM_AT)));
    Dataset<Row> reached = ofCustomers(sessions, affected).where(reach);
    return affected
        .join(restarts(reached), col(CUSTOMER_ID).equalTo(col(RESTART_ID)), "left")
        .select(col(CUSTOMER_ID), col(FROM_AT), earlier(col(FROM_AT), col(RESTART_AT)).as(SINCE));
  }

  /**
   * Start of the first session of each customer that the change reaches by time, or whose
   * conversation has a touchpoint since {@link #FROM_AT}; or of one that names another as that
   * which it followed, and began so shortly before those that it may be one of them.
   *
   * <p>The others that began before {@link #SINCE} stay, even where they reach past it: nothing
   * that changed is near enough to join them, and what did not change has not joined them before.
   * Those that began at that very instant are all cut anew, so it parts no touchpoints that tie.
   *
   * @param byTime the result of {@link #byTime}
   * @param sessions rows of {@link Sessions} as they are stored
   * @param touched touchpoints of these customers since {@link #FROM_AT}, and perhaps earlier ones
   * @return {@link #CUSTOMER_ID}, {@link #SINCE}, and {@link #EARLIER_ON}: the UTC day of that, if
   *     it lies before what time alone reaches; one row per affected customer
   */
  public static Dataset<Row> since(
      Dataset<Row> byTime, Dataset<Row> sessions, Dataset<Row> touched, SessionRules rules) {
    Dataset<Row> changed =
        byTime.select(col(CUSTOMER_ID).as(RESTART_ID), col(FROM_AT).as("changed_from"));
    Column isChanged =
        col(CUSTOMER_ID)
            .equalTo(col(RESTART_ID))
            .and(col(Touchpoints.OCCURRED_AT).geq(col("changed_from")));
    Dataset<Row> conversations =
        touched
            .join(changed, isChanged, "left_semi")
            .select(
                col(CUSTOMER_ID).as(RESTART_ID),
                SessionDefinition.of(rules).as("touched_definition"))
            .where(col("touched_definition").notEqual(SessionDefinition.TIMEOUT))
            .distinct();
    Column isTouched =
        col(CUSTOMER_ID)
            .equalTo(col(RESTART_ID))
            .and(col(Sessions.DEFINITION).equalTo(col("touched_definition")));
    Dataset<Row> restarts =
        restarts(
            sessions
                .where(col(Sessions.DEFINITION).notEqual(SessionDefinition.TIMEOUT))
                .join(conversations, isTouched, "left_semi"));
    Dataset<Row> since = restarted(byTime.withColumn(EARLIER_ON, lit(null).cast("date")), restarts);
    if (rules.preceding().link().isEmpty()) {
      return since;
    }
    since = HoldRows.of(since);
    return restarted(since, restarts(naming(since, sessions, rules.preceding())));
  }

  private static Dataset<Row> restarted(Dataset<Row> since, Dataset<Row> restarts) {
    return since
        .join(restarts, col(CUSTOMER_ID).equalTo(col(RESTART_ID)), "left")
        .select(
            col(CUSTOMER_ID),
            earlier(col(SINCE), col(RESTART_AT)).as(SINCE),
            when(col(RESTART_AT).lt(col(SINCE)), to_date(col(RESTART_AT)))
                .otherwise(col(EARLIER_ON))
                .as(EARLIER_ON));
  }

  /** Sessions that stay by all else, and may have followed one that does not. */
  private static Dataset<Row> naming(
      Dataset<Row> since, Dataset<Row> sessions, PrecedingRules rules) {
    Column reach = unix_micros(col(Sessions.STARTED_AT)).plus(CutRules.micros(rules.tolerance()));
    return ofCustomers(sessions, since)
        .where(col(Sessions.LINKED_SOURCE_SESSION).isNotNull())
        .where(col(Sessions.STARTED_AT).lt(col(SINCE)))
        .where(reach.geq(unix_micros(col(SINCE))));
  }

  private static Dataset<Row> restarts(Dataset<Row> sessions) {
    return sessions
        .groupBy(col(CUSTOMER_ID).as(RESTART_ID))
        .agg(min(Sessions.STARTED_AT).as(RESTART_AT));
  }

  private static Column earlier(Column instant, Column other) {
    return least(instant, coalesce(other, instant));
  }

  /**
   * The same, where everybody's sessions are cut anew.
   *
   * @param sessions rows of {@link Sessions}
   */
  public static Dataset<Row> nobodyEarlier(Dataset<Row> sessions) {
    return sessions
        .limit(0)
        .select(
            col(CUSTOMER_ID),
            lit(0L).as(EARLIER_SESSIONS),
            struct(Sessions.ENDED_AT, Sessions.SESSION_ID).as(FollowWeb.EARLIER_WEB));
  }

  /**
   * How many sessions each customer keeps, and which of those on the web ended last.
   *
   * @param since the result of {@link #since}
   * @param sessions rows of {@link Sessions} as they are stored
   * @return {@link #CUSTOMER_ID}, {@link #EARLIER_SESSIONS} and what {@link FollowWeb} needs
   */
  public static Dataset<Row> earlierSessions(
      Dataset<Row> since, Dataset<Row> sessions, SessionRules rules) {
    return kept(since, sessions)
        .groupBy(CUSTOMER_ID)
        .agg(
            count(lit(1)).as(EARLIER_SESSIONS),
            FollowWeb.lastToEnd(rules.preceding()).as(FollowWeb.EARLIER_WEB));
  }

  /**
   * The stored sessions of which a touchpoint may be read again: those that are cut anew, and those
   * that stay as they are although they reach past {@link #SINCE}.
   *
   * @param since the result of {@link #since}
   * @param sessions rows of {@link Sessions} as they are stored
   * @return {@link #MET_SESSION}, {@link #IS_KEPT}, and when the session began and ended
   */
  public static Dataset<Row> met(Dataset<Row> since, Dataset<Row> sessions) {
    Column isKept = col(Sessions.STARTED_AT).lt(col(SINCE));
    return ofCustomers(sessions, since)
        .where(not(isKept).or(col(Sessions.ENDED_AT).geq(col(SINCE))))
        .select(
            col(Sessions.SESSION_ID).as(MET_SESSION),
            isKept.as(IS_KEPT),
            col(Sessions.STARTED_AT),
            col(Sessions.ENDED_AT));
  }

  /**
   * Leaves out touchpoints of sessions that stay as they are.
   *
   * @param members rows of {@link io.itinera.core.table.TouchpointSessions} of sessions that were
   *     {@link #met}, with {@link #IS_KEPT}
   */
  public static Dataset<Row> withoutKept(Dataset<Row> touchpoints, Dataset<Row> members) {
    Dataset<Row> kept =
        members
            .where(col(IS_KEPT))
            .select(col(TouchpointSessions.TOUCHPOINT_ID).as("kept_touchpoint_id"));
    return touchpoints.join(
        kept, col(Touchpoints.TOUCHPOINT_ID).equalTo(col("kept_touchpoint_id")), "left_anti");
  }

  /**
   * The same, where no table holds the session of each touchpoint: by when they happened.
   *
   * @param touchpoints of the customers in {@code since}, from then on
   * @param since the result of {@link #since}
   * @param sessions rows of {@link Sessions} as they are stored
   */
  public static Dataset<Row> withoutKept(
      Dataset<Row> touchpoints, Dataset<Row> since, Dataset<Row> sessions, SessionRules rules) {
    Dataset<Row> goingOn = kept(since, sessions).where(col(Sessions.ENDED_AT).geq(col(SINCE)));
    return RecallSessions.recall(touchpoints, goingOn, rules)
        .where(col(Sessions.SESSION_ID).isNull())
        .drop(Sessions.SESSION_ID);
  }

  /**
   * The stored sessions that stay as they are, of customers of whom others do not.
   *
   * @param since the result of {@link #since}
   * @param sessions rows of {@link Sessions} as they are stored
   */
  public static Dataset<Row> kept(Dataset<Row> since, Dataset<Row> sessions) {
    return ofCustomers(sessions, since).where(col(Sessions.STARTED_AT).lt(col(SINCE)));
  }

  private static Dataset<Row> ofCustomers(Dataset<Row> sessions, Dataset<Row> customers) {
    Dataset<Row> wanted = customers.withColumnRenamed(CUSTOMER_ID, "wanted_id");
    return sessions
        .join(wanted, col(CUSTOMER_ID).equalTo(col("wanted_id")), "inner")
        .drop("wanted_id");
  }
}
