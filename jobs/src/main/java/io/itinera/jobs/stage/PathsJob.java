package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.journey.WalkSessions;
import io.itinera.core.path.CountPathTree;
import io.itinera.core.path.CountPathVariants;
import io.itinera.core.path.CountTransitions;
import io.itinera.core.path.CustomerGroups;
import io.itinera.core.path.FindFrequentPaths;
import io.itinera.core.path.PathRules;
import io.itinera.core.path.PathRules.TransitionsOf;
import io.itinera.core.process.CaseRules;
import io.itinera.core.process.CountProcess;
import io.itinera.core.process.JudgeProcess;
import io.itinera.core.process.ProcessTables;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Journeys to the night's transitions, path variants, tree of paths, frequent patterns and process.
 */
final class PathsJob {

  private PathsJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    PathRules rules = context.config().paths();
    Dataset<Row> journeys = lake.read(Journeys.TABLE);
    Dataset<Row> transitions =
        CountTransitions.transitions(
            rules.transitionsOf() == TransitionsOf.SESSION ? sessions(context) : journeys,
            new CustomerGroups(lake.read(CustomerPersonas.TABLE), lake.read(RfmScores.TABLE)),
            context.asOf(),
            rules);
    Slice night = Slice.of(Transitions.TABLE, List.of(context.asOf()));
    Dataset<Row> variants = CountPathVariants.variants(journeys, context.asOf(), rules);
    // They are grouped by what their keys are: none comes twice.
    SideBySide.run(
        List.of(
            () -> lake.replaceUnchecked(Transitions.TABLE, night, transitions),
            () -> lake.replaceUnchecked(PathVariants.TABLE, night, variants),
            () ->
                lake.replaceUnchecked(
                    PathTree.TABLE, night, CountPathTree.tree(journeys, context.asOf(), rules)),
            () ->
                lake.replace(
                    FrequentPaths.TABLE,
                    night,
                    FindFrequentPaths.patterns(journeys, context.asOf(), rules)),
            () -> process(context, journeys)));
  }

  /** Sessions of the window as ways of their own. */
  private static Dataset<Row> sessions(StageContext context) {
    Lake lake = context.lake();
    LocalDate first = context.asOf().minusDays(context.config().paths().windowDays() - 1L);
    Column isInWindow =
        col(Touchpoints.EVENT_DATE)
            .geq(lit(Date.valueOf(first)))
            .and(col(Touchpoints.EVENT_DATE).leq(lit(Date.valueOf(context.asOf()))));
    Dataset<Row> sessions = lake.read(Sessions.TABLE).where(isInWindow);
    Dataset<Row> ofSessions =
        lake.read(TouchpointSessions.TABLE)
            // A session may go on beyond midnight, on days behind the one that it counts on.
            .where(col(TouchpointSessions.EVENT_DATE).geq(lit(Date.valueOf(first))));
    Dataset<Row> touchpoints =
        lake.read(Touchpoints.TABLE)
            .where(col(Touchpoints.EVENT_DATE).geq(lit(Date.valueOf(first))))
            .join(
                ofSessions,
                new String[] {Touchpoints.TOUCHPOINT_ID, Touchpoints.EVENT_DATE},
                "inner");
    return WalkSessions.ways(touchpoints, sessions, context.config().journeys());
  }

  private static void process(StageContext context, Dataset<Row> journeys) {
    CaseRules rules = context.config().process();
    ProcessTables tables = CountProcess.tables(journeys, context.asOf(), rules);
    store(context, ProcessSteps.TABLE, tables.steps());
    store(context, ProcessSpectra.TABLE, tables.spectra());
    store(context, ProcessProfiles.TABLE, tables.profiles());
    store(context, ProcessConstraints.TABLE, tables.constraints());
    String runId = context.night().runId();
    List<Row> checks =
        JudgeProcess.checks(tables, rules.learning()).stream()
            .map(check -> check.row(runId))
            .toList();
    if (!checks.isEmpty()) {
      context.lake().append(QualityChecks.TABLE, checks);
    }
  }

  private static void store(StageContext context, Table table, List<Row> rows) {
    context.lake().replace(table, Slice.of(table, List.of(context.asOf())), rows);
  }
}
