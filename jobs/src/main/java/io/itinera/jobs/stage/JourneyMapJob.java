package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.itinera.core.experience.DrawMap;
import io.itinera.core.experience.DrawMap.Until;
import io.itinera.core.experience.ExperienceRules;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Touchpoints and their measures to the night's journey map. */
final class JourneyMapJob {

  private static final List<String> COLUMNS = List.of(Touchpoints.TABLE.schema().fieldNames());

  private JourneyMapJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    ExperienceRules rules = context.config().experience();
    Date first = Date.valueOf(context.asOf().minusDays(rules.windowDays() - 1L));
    Column isInWindow = col(Touchpoints.EVENT_DATE).geq(lit(first));
    List<Row> rows =
        DrawMap.map(
            ReadOwned.ofEveryone(context, COLUMNS).where(isInWindow),
            goals(context, isInWindow),
            new Until(context.asOf(), context.asOfEnd()),
            rules);
    lake.replace(JourneyMap.TABLE, Slice.of(JourneyMap.TABLE, List.of(context.asOf())), rows);
  }

  /** By type and channel, what it is for and what its measure came to. */
  private static List<Row> goals(StageContext context, Column isInWindow) {
    // Doubles added up in another order would give another sum.
    Column value = col(TouchpointKpis.KPI_VALUE).cast("decimal(28,8)");
    return context
        .lake()
        .read(TouchpointKpis.TABLE)
        .where(
            isInWindow.and(col(TouchpointKpis.EVENT_DATE).leq(lit(Date.valueOf(context.asOf())))))
        .where(col(TouchpointKpis.GOAL).isNotNull())
        .groupBy(TouchpointKpis.TYPE, TouchpointKpis.CHANNEL)
        .agg(
            min(TouchpointKpis.GOAL),
            min(TouchpointKpis.KPI_NAME),
            avg(value).cast("double"),
            max(TouchpointKpis.KPI_TARGET))
        .collectAsList();
  }
}
