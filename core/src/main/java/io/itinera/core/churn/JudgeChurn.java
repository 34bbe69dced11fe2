package io.itinera.core.churn;

import static io.itinera.core.churn.Behaviour.DAYS_SINCE_FIRST_ORDER;
import static io.itinera.core.churn.Behaviour.DAYS_SINCE_ORDER;
import static io.itinera.core.churn.Behaviour.ORDERS;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.value.ChurnBin;
import io.itinera.core.value.FitPurchases;
import io.itinera.core.value.PurchaseCounts;
import io.itinera.core.value.PurchaseModel;
import io.itinera.core.value.ValueRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Judges what candidates say of customers, by what came. */
final class JudgeChurn {

  /** Two standard errors: what chance alone hardly does. */
  private static final double ERRORS = 2;

  private final List<Example> known;
  private final ValueRules value;

  /**
   * @param known customers whom no candidate learnt from, in an order of their own
   */
  JudgeChurn(List<Example> known, ValueRules value) {
    this.known = known;
    this.value = value;
  }

  /** What everybody's share of silence misses. */
  double naiveBrier() {
    double share = (double) Example.silent(known) / known.size();
    return share * (1 - share);
  }

  /** The median customer. */
  List<Double> usual() {
    return Arrays.stream(Behaviour.values())
        .map(
            each ->
                known.stream()
                    .mapToDouble(example -> each.of(example.customer()))
                    .sorted()
                    .skip(known.size() / 2)
                    .findFirst()
                    .orElse(0))
        .toList();
  }

  /**
   * What was learnt. If it comes true better so, it is calibrated: here each half of the customers
   * by the other, so that nobody is judged by a curve that knew of them; later by both.
   */
  JudgedChurn learnt(Candidate candidate, Margin margin) {
    double[] margins =
        known.stream().mapToDouble(example -> margin.of(example.customer())).toArray();
    JudgedChurn asIs =
        judged(candidate, Calibration.NONE, i -> Calibration.NONE.probability(margins[i]));
    Calibration byEven = of(margins, 0);
    Calibration byOdd = of(margins, 1);
    JudgedChurn calibrated =
        judged(
            candidate,
            Calibration.of(margins, known),
            i -> (i % 2 == 0 ? byOdd : byEven).probability(margins[i]));
    return calibrated.brier() < asIs.brier() ? calibrated : asIs;
  }

  /** What the customers of one half tell. */
  private Calibration of(double[] margins, int half) {
    int[] places = IntStream.range(0, margins.length).filter(i -> i % 2 == half).toArray();
    return Calibration.of(
        Arrays.stream(places).mapToDouble(i -> margins[i]).toArray(),
        Arrays.stream(places).mapToObj(known::get).toList());
  }

  /** What the model of purchases says of the same customers: of several, the one that does best. */
  JudgedChurn purchases() {
    PurchaseCounts counts = new PurchaseCounts();
    known.forEach(
        each ->
            counts.add(repeats(each), last(each), DAYS_SINCE_FIRST_ORDER.of(each.customer()), 1));
    return value.models().stream()
        .map(kind -> purchases(FitPurchases.fit(kind, counts).model()))
        .min(Comparator.comparingDouble(JudgedChurn::brier))
        .orElseThrow();
  }

  private JudgedChurn purchases(PurchaseModel model) {
    return judged(
        Candidate.VALUE_MODEL,
        Calibration.NONE,
        i -> {
          Example each = known.get(i);
          double age = DAYS_SINCE_FIRST_ORDER.of(each.customer());
          return model.nothing(repeats(each), last(each), age, value.churnWindow());
        });
  }

  private static int repeats(Example each) {
    return (int) ORDERS.of(each.customer()) - 1;
  }

  private static double last(Example each) {
    return DAYS_SINCE_FIRST_ORDER.of(each.customer()) - DAYS_SINCE_ORDER.of(each.customer());
  }

  private JudgedChurn judged(
      Candidate candidate, Calibration calibration, ToDoubleFunction<Integer> score) {
    List<ChurnBin> scored = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      scored.add(new ChurnBin(score.applyAsDouble(i), 1, known.get(i).silent() ? 1 : 0));
    }
    return new JudgedChurn(candidate, calibration, scored);
  }

  /** Whether one missed customers by less than another, by more than chance would have it. */
  boolean isBeyondChance(JudgedChurn one, JudgedChurn other) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < known.size(); i++) {
      double less = missed(other.scored().get(i)) - missed(one.scored().get(i));
      sum += less;
      squares += less * less;
    }
    double mean = sum / known.size();
    double variance = squares / known.size() - mean * mean;
    return mean > ERRORS * Math.sqrt(Math.max(0, variance) / known.size());
  }

  private static double missed(ChurnBin customer) {
    double by = customer.silent() - customer.score();
    return by * by;
  }
}
