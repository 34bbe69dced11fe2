package io.itinera.jobs.stage;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.Table;
import io.itinera.core.value.JudgeModels;
import io.itinera.core.value.Judged;
import io.itinera.core.value.ScoreValue;
import io.itinera.core.value.SumHistories;
import io.itinera.core.value.ValueRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to what customers are worth, and to whether the models are. */
final class ValueJob {

  private ValueJob() {}

  static void run(StageContext context) {
    ValueRules rules = context.config().value();
    if (rules.areNone()) {
      return;
    }
    Lake lake = context.lake();
    LocalDate asOf = context.asOf();
    Dataset<Row> histories =
        SumHistories.histories(lake.read(CustomerDays.TABLE), asOf, rules).transform(HoldRows::of);
    Judged judged =
        JudgeModels.judge(SumHistories.counts(histories, asOf, rules).collectAsList(), rules);
    warn(context, judged.refusals());
    List<Row> reports = judged.reports().stream().map(each -> each.row(asOf)).toList();
    List<Runnable> writes = new ArrayList<>();
    writes.add(
        () ->
            replace(
                context,
                ModelReports.TABLE,
                lake.spark().createDataFrame(reports, ModelReports.TABLE.schema())));
    if (judged.isValuable()) {
      Dataset<Row> values = ScoreValue.values(histories, judged.scoring().get(), asOf);
      writes.add(() -> replace(context, CustomerValue.TABLE, values));
    } else {
      writes.add(() -> clear(context, CustomerValue.TABLE));
    }
    if (judged.isChurnTelling()) {
      Dataset<Row> churn = ScoreValue.churn(histories, judged.scoring().get(), asOf, rules);
      writes.add(() -> replace(context, ChurnScores.TABLE, churn));
    } else {
      writes.add(() -> clear(context, ChurnScores.TABLE));
    }
    SideBySide.run(writes);
  }

  /** Histories are grouped by customer: no key comes twice. */
  private static void replace(StageContext context, Table table, Dataset<Row> rows) {
    context.lake().replaceUnchecked(table, night(context, table), rows);
  }

  /** What the same night said before. */
  private static void clear(StageContext context, Table table) {
    Lake lake = context.lake();
    if (!lake.hasNone(table, night(context, table))) {
      replace(context, table, lake.spark().createDataFrame(List.of(), table.schema()));
    }
  }

  private static Slice night(StageContext context, Table table) {
    return Slice.of(table, List.of(context.asOf()));
  }

  private static void warn(StageContext context, List<String> refusals) {
    refusals.forEach(context.progress()::note);
    List<Row> warnings =
        refusals.stream()
            .map(
                refusal ->
                    new QualityWarning(
                        ModelReports.TABLE,
                        "a model is better than the naive guess",
                        refusal,
                        "see model_reports"))
            .map(warning -> warning.row(context.night().runId()))
            .toList();
    if (!warnings.isEmpty()) {
      context.lake().append(QualityChecks.TABLE, warnings);
    }
  }
}
