package io.itinera.jobs.stage;

import io.itinera.core.churn.ScoreChurn;
import io.itinera.core.offer.OfferProducts;
import io.itinera.core.offer.OfferProducts.Offered;
import io.itinera.core.offer.OfferRules;
import io.itinera.core.persona.FindPersonas;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.Table;
import io.itinera.core.value.JudgeModels;
import io.itinera.core.value.Judged;
import io.itinera.core.value.ModelReport;
import io.itinera.core.value.ScoreValue;
import io.itinera.core.value.SumHistories;
import io.itinera.core.value.ValueRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.stage.ChurnTrainings.InForce;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to what customers are worth, and to whether the models are. */
final class ValueJob {

  private ValueJob() {}

  static void run(StageContext context) {
    Optional<Offered> offered = offered(context);
    List<Row> reports = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    List<Runnable> writes = new ArrayList<>();
    offered.ifPresent(
        each -> {
          reports.addAll(each.reports());
          each.refusal().ifPresent(refusals::add);
          writes.add(write(context, NextProducts.TABLE, each.offers()));
        });
    ValueRules rules = context.config().value();
    if (!rules.areNone()) {
      Valued valued = value(context, rules);
      valued.reports().forEach(each -> reports.add(each.row(context.asOf())));
      refusals.addAll(valued.refusals());
      writes.addAll(valued.writes());
    }
    warn(context, refusals);
    if (!rules.areNone() || !reports.isEmpty()) {
      List<LocalDate> night = List.of(context.asOf());
      writes.add(() -> StoreReports.replace(context.lake(), night, ValueJob::isOwn, reports));
    }
    SideBySide.run(writes);
  }

  /** Whether reports are of this stage: personas have theirs of the same nights. */
  private static boolean isOwn(String model) {
    return !model.equals(FindPersonas.REPORTED);
  }

  /** What is told of models, why some of it is not published, and what is to be written. */
  private record Valued(List<ModelReport> reports, List<String> refusals, List<Runnable> writes) {}

  private static Valued value(StageContext context, ValueRules rules) {
    LocalDate asOf = context.asOf();
    Dataset<Row> days = context.lake().read(CustomerDays.TABLE);
    Dataset<Row> histories = SumHistories.histories(days, asOf, rules).transform(HoldRows::of);
    Judged judged =
        JudgeModels.judge(SumHistories.counts(histories, asOf, rules).collectAsList(), rules);
    InForce inForce = ChurnTrainings.of(context, judged);
    Optional<Dataset<Row>> values =
        judged.isValuable()
            ? Optional.of(ScoreValue.values(histories, judged.scoring().get(), asOf))
            : Optional.empty();
    Optional<Dataset<Row>> learnt =
        inForce.learnt().map(training -> ScoreChurn.scores(days, training, asOf, rules));
    Optional<Dataset<Row>> churn =
        judged.isChurnTelling() && learnt.isEmpty()
            ? Optional.of(ScoreValue.churn(histories, judged.scoring().get(), asOf, rules))
            : learnt;
    List<Runnable> writes = new ArrayList<>(inForce.writes());
    writes.add(write(context, CustomerValue.TABLE, values));
    writes.add(write(context, ChurnScores.TABLE, churn));
    List<ModelReport> reports = new ArrayList<>(judged.reports());
    reports.addAll(inForce.reports());
    List<String> refusals = new ArrayList<>();
    judged.valueRefusal().ifPresent(refusals::add);
    judged.churnRefusal().filter(refusal -> learnt.isEmpty()).ifPresent(refusals::add);
    return new Valued(reports, refusals, writes);
  }

  /**
   * What is offered on a day of the calendar, or by the first night behind it; none on other
   * nights.
   */
  private static Optional<Offered> offered(StageContext context) {
    OfferRules rules = context.config().offers();
    LocalDate asked = rules.askedAt(context.asOf());
    List<LocalDate> nights = asked.datesUntil(context.asOf()).toList();
    Lake lake = context.lake();
    // The same night again offers again: only personas may have reported of days before it.
    boolean wasAsked =
        !nights.isEmpty()
            && !lake.hasNone(ModelReports.TABLE, Slice.of(ModelReports.TABLE, nights))
            && lake.hasNone(NextProducts.TABLE, night(context, NextProducts.TABLE));
    return rules.areNone() || (wasAsked && !context.night().fullRefresh())
        ? Optional.empty()
        : Optional.of(OfferProducts.offer(lake.read(CustomerDays.TABLE), context.asOf(), rules));
  }

  private static Runnable write(StageContext context, Table table, Optional<Dataset<Row>> rows) {
    return rows.isPresent()
        ? () -> replace(context, table, rows.get())
        : () -> clear(context, table);
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
