package io.itinera.core.value;

import io.itinera.core.value.FitPurchases.Kind;
import java.io.Serializable;
import java.util.List;

/**
 * How customers are valued.
 *
 * @param models models of purchases that compete
 * @param horizons days behind as_of for which customers are valued; none: nobody is
 * @param holdOuts days that may be held back to judge models by, in order of preference
 * @param churnWindow days without an order that count as churn
 * @param margin share of revenue that is earned
 * @param discount by how much a year from now counts less, as a yearly rate
 * @param leastRepeaters fewer customers than this who bought again say nothing
 * @param topLine a model may miss the orders of all customers by so much more than the naive guess,
 *     as a share of them
 * @param words in which it is told why somebody may order nothing
 */
public record ValueRules(
    List<Kind> models,
    List<Integer> horizons,
    List<Integer> holdOuts,
    int churnWindow,
    double margin,
    double discount,
    int leastRepeaters,
    double topLine,
    ReasonWords words)
    implements Serializable {

  private static final double USUAL_TOP_LINE = 0.25;

  /** All orders may be missed by a quarter more than by the naive guess. */
  public ValueRules(
      List<Kind> models,
      List<Integer> horizons,
      List<Integer> holdOuts,
      int churnWindow,
      double margin,
      double discount,
      int leastRepeaters) {
    this(
        models,
        horizons,
        holdOuts,
        churnWindow,
        margin,
        discount,
        leastRepeaters,
        USUAL_TOP_LINE,
        ReasonWords.ENGLISH);
  }

  public ValueRules {
    models = List.copyOf(models);
    horizons = List.copyOf(horizons);
    holdOuts = List.copyOf(holdOuts);
    if (horizons.stream().distinct().count() < horizons.size()) {
      throw new IllegalArgumentException("horizons must differ, were " + horizons);
    }
    if (!horizons.isEmpty() && (models.isEmpty() || holdOuts.isEmpty())) {
      throw new IllegalArgumentException(
          "models and hold-outs must name at least one each; without horizons nobody is valued");
    }
  }

  /** The same, told in other words. */
  public ValueRules with(ReasonWords other) {
    return new ValueRules(
        models, horizons, holdOuts, churnWindow, margin, discount, leastRepeaters, topLine, other);
  }

  /** Whether nobody is valued. */
  public boolean areNone() {
    return horizons.isEmpty();
  }
}
