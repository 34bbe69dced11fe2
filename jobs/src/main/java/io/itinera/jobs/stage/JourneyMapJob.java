package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.experience.DrawMap;
import io.itinera.core.experience.DrawMap.Until;
import io.itinera.core.experience.ExperienceRules;
import io.itinera.core.kpi.JudgeGoals;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
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
    Dataset<Row> kpis =
        context
            .lake()
            .read(TouchpointKpis.TABLE)
            .where(
                isInWindow.and(
                    col(TouchpointKpis.EVENT_DATE).leq(lit(Date.valueOf(context.asOf())))));
    return JudgeGoals.together(kpis, context.config().kpis())
        .select(
            TouchpointKpis.TYPE,
            TouchpointKpis.CHANNEL,
            TouchpointKpis.GOAL,
            TouchpointKpis.KPI_NAME,
            TouchpointKpis.KPI_VALUE,
            TouchpointKpis.KPI_TARGET)
        .collectAsList();
  }
}
