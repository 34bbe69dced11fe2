package io.itinera.jobs.stage;

import io.itinera.core.rule.PageRules;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads touchpoints, and what their pages are called where a pattern asks for that. */
final class ReadPages {

  private static final List<String> ALL = List.of(Touchpoints.TABLE.schema().fieldNames());

  private ReadPages() {}

  /** What {@link MatchTouchpoints} needs of everybody to find a pattern. */
  static Dataset<Row> of(StageContext context, TouchPattern pattern) {
    // Names of pages may be of any column.
    return pattern.asksForPage()
        ? named(context, ReadOwned.ofEveryone(context, ALL))
        : ReadOwned.ofEveryone(context, MatchTouchpoints.COLUMNS);
  }

  /** What funnels need of everybody. */
  static Dataset<Row> of(StageContext context, List<FunnelRules> funnels) {
    Dataset<Row> touchpoints = ReadOwned.ofEveryone(context, ALL);
    return funnels.stream().anyMatch(FunnelRules::asksForPage)
        ? named(context, touchpoints)
        : touchpoints;
  }

  private static Dataset<Row> named(StageContext context, Dataset<Row> touchpoints) {
    return touchpoints.withColumn(
        PageRules.PAGE, PatternFunctions.expr(context.config().pages().sql()));
  }
}
