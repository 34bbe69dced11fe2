package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.Place;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stitched touchpoints to sessions, and the session of each touchpoint. */
final class SessionizeJob {

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

  private SessionizeJob() {}

  static void run(StageContext context) {
    if (context.seen().isEmpty()) {
      everyone(context);
    } else {
      affected(context, context.seen().get());
    }
  }

  private static void everyone(StageContext context) {
    Lake lake = context.lake();
    SessionRules rules = context.config().sessions();
    Dataset<Row> assigned =
        Sessionize.assign(ReadOwned.ofEveryone(context, COLUMNS), rules).transform(HoldRows::of);
    Dataset<Row> nobodyEarlier =
        lake.read(Sessions.TABLE)
            .limit(0)
            .select(col(Sessions.CUSTOMER_ID), lit(0L).as(RestartSessions.EARLIER_SESSIONS));
    Dataset<Row> sessions = Summarize.sessions(assigned, nobodyEarlier, context.asOfEnd(), rules);
    SideBySide.run(
        List.of(
            () -> lake.overwrite(Sessions.TABLE, sessions),
            () -> lake.overwrite(TouchpointSessions.TABLE, assigned)));
  }

  private static void affected(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    SessionRules rules = context.config().sessions();
    Dataset<Row> stored = lake.read(Sessions.TABLE);
    HeldRows found =
        UnseenChanges.affectedSince(context, seen, RestartSessions.openSessions(stored));
    if (found.areNone()) {
      return;
    }
    Dataset<Row> byTime =
        RestartSessions.byTime(found.toJoin(), stored, rules).transform(HoldRows::toJoin);
    Dataset<Row> touched = touchpoints(context, byTime).transform(HoldRows::of);
    HeldRows restarts =
        HoldRows.dated(
            RestartSessions.since(byTime, stored, touched, rules), RestartSessions.EARLIER_ON);
    Dataset<Row> since = restarts.toJoin();
    Dataset<Row> members =
        StoreTouchpointSessions.members(context, RestartSessions.met(since, stored));
    Dataset<Row> touchpoints =
        RestartSessions.withoutKept(withEarlier(context, touched, restarts), members);
    Dataset<Row> assigned = Sessionize.assign(touchpoints, rules).transform(HoldRows::of);
    OwnersSince owners = new OwnersSince(Sessions.CUSTOMER_ID, col(Sessions.STARTED_AT), since);
    Dataset<Row> sessions =
        Summarize.sessions(
            assigned, RestartSessions.earlierSessions(since, stored), context.asOfEnd(), rules);
    SideBySide.run(
        List.of(
            () -> lake.replaceOwners(Sessions.TABLE, owners, sessions),
            () -> StoreTouchpointSessions.changed(lake, members, assigned)));
  }

  private static Dataset<Row> touchpoints(StageContext context, Dataset<Row> since) {
    return ReadOwned.since(context, since, Place.before(col(RestartSessions.SINCE)), COLUMNS);
  }

  /** Touchpoints of conversations that began before those that were read. */
  private static Dataset<Row> withEarlier(
      StageContext context, Dataset<Row> touched, HeldRows restarts) {
    if (restarts.days().isEmpty()) {
      return touched;
    }
    Dataset<Row> earlier =
        restarts
            .rows()
            .where(col(RestartSessions.EARLIER_ON).isNotNull())
            .transform(HoldRows::toJoin);
    return touched
        .join(earlier, new String[] {RestartSessions.CUSTOMER_ID}, "left_anti")
        .unionByName(touchpoints(context, earlier));
  }
}
