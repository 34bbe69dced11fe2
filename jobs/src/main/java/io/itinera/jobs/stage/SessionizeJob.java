package io.itinera.jobs.stage;

import io.itinera.core.session.FollowWeb;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stitched touchpoints to sessions, and the session of each touchpoint. */
final class SessionizeJob {

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
        Sessionize.assign(ReadAnew.everyone(context, rules), rules).transform(HoldRows::of);
    Dataset<Row> nothing = lake.read(Sessions.TABLE).limit(0);
    Dataset<Row> inTime =
        Summarize.sessions(
            assigned, RestartSessions.nobodyEarlier(nothing), context.asOfEnd(), rules);
    Dataset<Row> sessions = followed(inTime, nothing, rules);
    SideBySide.run(
        List.of(
            () -> lake.overwrite(Sessions.TABLE, sessions),
            () -> lake.overwrite(TouchpointSessions.TABLE, assigned)));
  }

  /**
   * Sessions with those that their source says they followed, where it says so.
   *
   * @param kept stored sessions of the same customers that stay as they are
   */
  static Dataset<Row> followed(Dataset<Row> sessions, Dataset<Row> kept, SessionRules rules) {
    return rules.preceding().link().isPresent()
        ? FollowWeb.named(sessions, kept, rules.preceding())
        : sessions;
  }

  private static void affected(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    SessionRules rules = context.config().sessions();
    Dataset<Row> stored = lake.read(Sessions.TABLE);
    Optional<ReadAnew> found = ReadAnew.affected(context, seen, rules);
    if (found.isEmpty()) {
      return;
    }
    Dataset<Row> since = found.get().since();
    Dataset<Row> members =
        StoreTouchpointSessions.members(context, RestartSessions.met(since, stored));
    Dataset<Row> touchpoints = RestartSessions.withoutKept(found.get().touchpoints(), members);
    Dataset<Row> cut = Sessionize.assign(touchpoints, rules);
    // Of few rows that are held, to cut them twice takes less than to hold these, too.
    Dataset<Row> assigned = context.mode().isLittle() ? cut : HoldRows.of(cut);
    Dataset<Row> inTime =
        Summarize.sessions(
            assigned,
            RestartSessions.earlierSessions(since, stored, rules),
            context.asOfEnd(),
            rules);
    Dataset<Row> sessions = followed(inTime, RestartSessions.kept(since, stored), rules);
    SideBySide.run(
        List.of(
            () -> lake.replaceOwners(Sessions.TABLE, found.get().owners(), sessions),
            () -> StoreTouchpointSessions.changed(lake, members, assigned)));
  }
}
