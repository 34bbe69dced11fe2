package io.itinera.jobs.stage;

import io.itinera.core.path.CountPathTree;
import io.itinera.core.path.CountPathVariants;
import io.itinera.core.path.CountTransitions;
import io.itinera.core.path.CustomerGroups;
import io.itinera.core.path.FindFrequentPaths;
import io.itinera.core.path.PathRules;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Journeys to the night's transitions, path variants, tree of paths and frequent patterns. */
final class PathsJob {

  private PathsJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    PathRules rules = context.config().paths();
    Dataset<Row> journeys = lake.read(Journeys.TABLE);
    Dataset<Row> transitions =
        CountTransitions.transitions(
            journeys,
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
                    FindFrequentPaths.patterns(journeys, context.asOf(), rules))));
  }
}
