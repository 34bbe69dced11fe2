package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.DropCauses;
import io.itinera.core.table.FunnelDrops;
import io.itinera.core.table.Funnels;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.CountFunnels.Groups;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelReport;
import io.itinera.core.trail.TrailRules;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Touchpoints to how far customers came in each funnel, and what explains who left. */
final class FunnelsJob {

  private FunnelsJob() {}

  static void run(StageContext context) {
    TrailRules rules = context.config().trails();
    Date first = Date.valueOf(context.asOf().minusDays(rules.windowDays() - 1L));
    Dataset<Row> touchpoints =
        ReadPages.of(context, rules.funnels()).where(col(Touchpoints.EVENT_DATE).geq(lit(first)));
    Until until = new Until(context.asOf(), context.asOfEnd());
    FunnelReport report = CountFunnels.report(touchpoints, segments(context, until), until, rules);
    store(context, Funnels.TABLE, report.funnels());
    store(context, FunnelDrops.TABLE, report.drops());
    store(context, DropCauses.TABLE, report.causes());
  }

  private static Dataset<Row> segments(StageContext context, Until until) {
    Lake lake = context.lake();
    Dataset<Row> groups =
        CountFunnels.segments(
            new Groups(lake.read(CustomerPersonas.TABLE), lake.read(RfmScores.TABLE)), until);
    SegmentRules named = context.config().segments();
    return named.nightly().isEmpty()
        ? groups
        : groups.union(SegmentedCustomers.told(context, named, named.nightly()));
  }

  private static void store(StageContext context, Table table, List<Row> rows) {
    context.lake().replace(table, Slice.of(table, List.of(context.asOf())), rows);
  }
}
