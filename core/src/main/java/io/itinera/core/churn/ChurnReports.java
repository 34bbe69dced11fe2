package io.itinera.core.churn;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.value.ChurnBin;
import io.itinera.core.value.MeasureChurn;
import io.itinera.core.value.ModelReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Tells how candidates did, and what those that learnt found to matter. */
final class ChurnReports {

  /** So many customers show what matters well enough. */
  private static final int MOST_ASKED = 5_000;

  private final List<Example> known;
  private final String told;
  private final LocalDate asOf;

  /**
   * @param known customers whom candidates are judged by
   */
  ChurnReports(List<Example> known, LocalDate asOf, int window) {
    this.known = known;
    this.asOf = asOf;
    this.told = "no order from %s to %s, against ".formatted(asOf.minusDays(window - 1L), asOf);
  }

  /** Name of a candidate in {@code model_reports}. */
  static String name(Candidate candidate) {
    return "churn-" + candidate.text();
  }

  /** How a candidate did. */
  List<ModelReport> of(JudgedChurn judged) {
    String model = name(judged.candidate());
    List<ChurnBin> byRecency =
        known.stream()
            .map(
                each ->
                    new ChurnBin(
                        Behaviour.DAYS_SINCE_ORDER.of(each.customer()), 1, each.silent() ? 1 : 0))
            .toList();
    double share = (double) Example.silent(known) / known.size();
    List<ModelReport> reports = new ArrayList<>();
    reports.add(
        new ModelReport(
            model,
            "auc",
            MeasureChurn.auc(judged.scored()),
            MeasureChurn.auc(byRecency),
            known.size(),
            told + "the time since the last order"));
    reports.add(
        new ModelReport(
            model,
            "brier",
            judged.brier(),
            share * (1 - share),
            known.size(),
            told + "everybody's share"));
    reports.add(
        new ModelReport(
            model,
            "lift",
            MeasureChurn.lift(judged.scored()),
            MeasureChurn.lift(byRecency),
            known.size(),
            told + "the time since the last order"));
    reports.addAll(MeasureChurn.calibration(model, judged.scored()));
    return reports;
  }

  /** Which candidate tells churn from that day on. */
  ModelReport chosen(Candidate candidate) {
    return new ModelReport(
        name(candidate),
        "chosen",
        1,
        null,
        known.size(),
        "churn is told by %s from %s to the next training".formatted(candidate.text(), asOf));
  }

  /** What matters to a model, most first: by how much it moves a mean customer's probability. */
  List<ModelReport> triggers(Candidate candidate, ChurnScorer scorer) {
    List<double[]> asked = known.stream().limit(MOST_ASKED).map(Example::customer).toList();
    return Arrays.stream(Trigger.values())
        .map(each -> trigger(candidate, each, asked, scorer))
        .filter(each -> each.value() > 0)
        .sorted(Comparator.comparingDouble(each -> -each.value()))
        .toList();
  }

  private static ModelReport trigger(
      Candidate candidate, Trigger trigger, List<double[]> asked, ChurnScorer scorer) {
    Behaviour first = trigger.told().get(0);
    double usual = scorer.usual().get(first.place());
    double moved = 0;
    double raised = 0;
    for (double[] customer : asked) {
      double effect = scorer.effect(trigger, customer);
      moved += Math.abs(effect);
      raised += effect * Math.signum(first.of(customer) - usual);
    }
    return new ModelReport(
        name(candidate),
        "trigger-" + trigger.text(),
        moved / asked.size(),
        null,
        asked.size(),
        "mean change of the probability by %s; the more %s, the %s no order"
            .formatted(
                String.join(", ", trigger.told().stream().map(Behaviour::column).toList()),
                first.column(),
                raised >= 0 ? "likelier" : "less likely"));
  }
}
