package io.itinera.jobs.stage;

import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stitched touchpoints to sessions of another definition than the primary one. No table says which
 * of them a touchpoint is in.
 */
final class SessionizeOtherwise {

  private SessionizeOtherwise() {}

  static void run(StageContext context, SessionRules rules) {
    if (context.seen().isEmpty()) {
      everyone(context, rules);
    } else {
      affected(context, rules, context.seen().get());
    }
  }

  private static void everyone(StageContext context, SessionRules rules) {
    Lake lake = context.lake();
    Table table = rules.table();
    Dataset<Row> assigned = Sessionize.assign(ReadAnew.everyone(context, rules), rules);
    Dataset<Row> nobody = RestartSessions.nobodyEarlier(lake.read(table));
    lake.overwrite(table, Summarize.sessions(assigned, nobody, context.asOfEnd(), rules));
  }

  private static void affected(StageContext context, SessionRules rules, SeenInputs seen) {
    Lake lake = context.lake();
    Dataset<Row> stored = lake.read(rules.table());
    Optional<ReadAnew> found = ReadAnew.affected(context, seen, rules);
    if (found.isEmpty()) {
      return;
    }
    Dataset<Row> since = found.get().since();
    Dataset<Row> touchpoints =
        RestartSessions.withoutKept(found.get().touchpoints(), since, stored, rules);
    Dataset<Row> sessions =
        Summarize.sessions(
            Sessionize.assign(touchpoints, rules),
            RestartSessions.earlierSessions(since, stored, rules),
            context.asOfEnd(),
            rules);
    lake.replaceOwners(rules.table(), found.get().owners(), sessions);
  }
}
