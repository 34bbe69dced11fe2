package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.Place;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What sessions are cut of anew.
 *
 * @param since what {@link RestartSessions#since} gives
 * @param touchpoints of the customers from then on, those of sessions that stay included
 */
record ReadAnew(Dataset<Row> since, Dataset<Row> touchpoints) {

  private static final List<String> COLUMNS =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.EVENT_DATE,
          Touchpoints.SOURCE,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SEQUENCE,
          Touchpoints.SOURCE_SESSION,
          Touchpoints.ORDER_ID,
          Touchpoints.REPEATS_TOUCHPOINT_ID,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.CAMPAIGN,
          Touchpoints.LOCATION,
          Touchpoints.DEVICE,
          Touchpoints.COUNTRY,
          Touchpoints.VALUE,
          Touchpoints.DURATION_SECONDS);

  /** The touchpoints of everybody. */
  static Dataset<Row> everyone(StageContext context, SessionRules rules) {
    return ReadOwned.ofEveryone(context, columns(rules));
  }

  /**
   * Those of customers of whom something changed since {@code seen}, or whose session is over; none
   * without such customers.
   *
   * @param rules that the stored sessions were made by
   */
  static Optional<ReadAnew> affected(StageContext context, SeenInputs seen, SessionRules rules) {
    Dataset<Row> stored = context.lake().read(rules.table());
    Dataset<Row> affected =
        UnseenChanges.affectedToSend(
            context, seen, RestartSessions.expired(stored, context.asOfEnd(), rules));
    HeldRows found = HoldRows.counted(RestartSessions.byTime(affected, stored, rules));
    if (found.areNone()) {
      return Optional.empty();
    }
    Dataset<Row> byTime = found.toJoin();
    Dataset<Row> touched = touchpoints(context, byTime, rules).transform(HoldRows::of);
    HeldRows restarts =
        HoldRows.dated(
            RestartSessions.since(byTime, stored, touched, rules), RestartSessions.EARLIER_ON);
    if (restarts.days().isEmpty()) {
      return Optional.of(new ReadAnew(restarts.toJoin(), touched));
    }
    Dataset<Row> earlier = earlier(restarts);
    Dataset<Row> touchpoints =
        touched
            .join(earlier, new String[] {RestartSessions.CUSTOMER_ID}, "left_anti")
            .unionByName(touchpoints(context, earlier, rules));
    return Optional.of(new ReadAnew(restarts.toJoin(), touchpoints));
  }

  /** The sessions that are made anew. */
  OwnersSince owners() {
    return new OwnersSince(Sessions.CUSTOMER_ID, col(Sessions.STARTED_AT), since);
  }

  private static Dataset<Row> touchpoints(
      StageContext context, Dataset<Row> since, SessionRules rules) {
    return ReadOwned.since(
        context, since, Place.before(col(RestartSessions.SINCE)), columns(rules));
  }

  /** Whose conversations began before what was read. */
  private static Dataset<Row> earlier(HeldRows restarts) {
    return restarts
        .rows()
        .where(col(RestartSessions.EARLIER_ON).isNotNull())
        .transform(HoldRows::toJoin);
  }

  /** What sessions by {@code rules} are made of. */
  static List<String> columns(SessionRules rules) {
    return Stream.concat(COLUMNS.stream(), rules.columnsOfExpressions().stream())
        .distinct()
        .toList();
  }
}
