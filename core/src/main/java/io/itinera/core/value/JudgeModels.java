package io.itinera.core.value;

import io.itinera.core.value.FitPurchases.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Chooses the model of purchases that foretold best what was held back, and fits it to all that is
 * known.
 */
public final class JudgeModels {

  private static final String SPEND = "gamma-gamma";
  private static final String CHURN = "churn-";
  private static final Groups NOBODY = new Groups(List.of());

  private final Map<String, Groups> kinds;
  private final ValueRules rules;
  private final List<ModelReport> reports = new ArrayList<>();

  private JudgeModels(List<Row> counts, ValueRules rules) {
    this.kinds = Groups.byKind(counts);
    this.rules = rules;
  }

  /**
   * Judges the models.
   *
   * @param counts rows as {@link SumHistories#counts} gives them, in any order
   */
  public static Judged judge(List<Row> counts, ValueRules rules) {
    return new JudgeModels(counts, rules).judge();
  }

  private Judged judge() {
    Optional<HeldOut> found =
        rules.holdOuts().stream()
            .map(days -> new HeldOut(kind(SumHistories.then(days)), days))
            .filter(this::isEnough)
            .findFirst();
    return found
        .map(this::judge)
        .orElseGet(
            () ->
                new Judged(
                    Optional.empty(), Optional.empty(), Optional.empty(), tooFew(), known()));
  }

  private Judged judge(HeldOut held) {
    GammaGamma spend = spend(SumHistories.thenSpend(held.days()), held.then());
    List<Forecast> candidates = new ArrayList<>();
    for (Kind kind : rules.models()) {
      PurchaseFit fit = FitPurchases.fit(kind, held.then().purchases());
      Forecast candidate = new Forecast(fit, spend);
      candidates.add(candidate);
      reports.addAll(held.ofOrders(kind.text(), candidate));
    }
    List<Forecast> sound = candidates.stream().filter(each -> isSound(held, each)).toList();
    Forecast best =
        (sound.isEmpty() ? candidates : sound)
            .stream().min(Comparator.comparingDouble(held::error)).orElseThrow();
    Kind chosen = rules.models().get(candidates.indexOf(best));
    reports.addAll(held.ofChurn(CHURN + chosen.text(), best));
    Optional<String> valueRefusal = valueRefusal(held, best, chosen.text());
    Optional<String> churnRefusal =
        refusal(
            held.brier(best) < held.naiveBrier(),
            "churn_scores are not published: %s has a Brier score of %.4f over the last %d"
                + " days, everybody's share %.4f",
            chosen.text(),
            held.brier(best),
            held.days(),
            held.naiveBrier());
    ScoreCustomer scoring = scoring(chosen, held);
    return new Judged(Optional.of(scoring), valueRefusal, churnRefusal, reports, known());
  }

  /** Whether what it foretold of all customers together is near enough to what came. */
  private boolean isSound(HeldOut held, Forecast forecast) {
    return held.missed(forecast) <= held.naiveMissed() + rules.topLine();
  }

  private Optional<String> valueRefusal(HeldOut held, Forecast best, String model) {
    return refusal(
            held.error(best) < held.naiveError(),
            "customer_value is not published: %s missed a customer's orders of the last %d days"
                + " by %.4f, the naive guess by %.4f",
            model,
            held.days(),
            held.error(best),
            held.naiveError())
        .or(
            () ->
                refusal(
                    isSound(held, best),
                    "customer_value is not published: %s; it missed all of them by %.0f %%, the"
                        + " naive guess by %.0f %%",
                    held.came(model, best),
                    100 * held.missed(best),
                    100 * held.naiveMissed()));
  }

  private static Optional<String> refusal(boolean isBetter, String text, Object... figures) {
    return isBetter ? Optional.empty() : Optional.of(String.format(Locale.ROOT, text, figures));
  }

  private long known() {
    int windows = 2 * rules.churnWindow();
    return Math.round(
        kind(SumHistories.NOW).sum(each -> each.age() >= windows ? each.customers() : 0));
  }

  private Groups kind(String name) {
    return kinds.getOrDefault(name, NOBODY);
  }

  private boolean isEnough(HeldOut held) {
    return held.then().repeaters() >= rules.leastRepeaters() && held.then().sum(Group::later) > 0;
  }

  private List<ModelReport> tooFew() {
    Groups now = kind(SumHistories.NOW);
    return List.of(
        new ModelReport(
            rules.models().get(0).text(),
            "repeat-customers",
            now.repeaters(),
            (double) rules.leastRepeaters(),
            Math.round(now.customers()),
            "too few customers bought again, or too lately, for anything to be held back"));
  }

  /** Too few means for three parameters: everybody's mean, weighed like one more purchase. */
  private GammaGamma spend(String kind, Groups customers) {
    Groups means = kind(kind);
    if (means.customers() < rules.leastRepeaters()) {
      double orders = customers.sum(each -> each.customers() * (1 + each.purchases()));
      return new GammaGamma(1, 1, 0, customers.sum(Group::spent) / Math.max(1, orders));
    }
    return FitSpend.fit(means.spend()).model();
  }

  private ScoreCustomer scoring(Kind chosen, HeldOut held) {
    Groups now = kind(SumHistories.NOW);
    PurchaseFit fit = FitPurchases.fit(chosen, now.purchases());
    GammaGamma spend = spend(SumHistories.NOW_SPEND, now);
    Forecast forecast = new Forecast(fit, spend);
    rules.horizons().forEach(days -> reports.addAll(held.ofForecast(forecast, now, days)));
    parameters(fit.model().name(), fit.model().parameters(), now);
    parameters(SPEND, spend.parameters(), now);
    double spent = now.sum(Group::spent);
    double kept = spent > 0 ? Math.max(0, Math.min(1, 1 + now.sum(Group::refunded) / spent)) : 1;
    double repeats = now.sum(each -> each.purchases() * each.customers());
    return new ScoreCustomer(
        new Valuation(fit.model(), spend, kept, repeats / Math.max(1, now.repeaters())), rules);
  }

  private void parameters(String model, Map<String, Double> parameters, Groups now) {
    long sample = Math.round(now.customers());
    parameters.forEach(
        (name, value) ->
            reports.add(new ModelReport(model, "parameter-" + name, value, null, sample, null)));
  }
}
