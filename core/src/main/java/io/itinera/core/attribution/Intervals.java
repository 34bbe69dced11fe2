package io.itinera.core.attribution;

import io.itinera.core.attribution.Estimate.Parts;
import io.itinera.core.attribution.Lines.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongBiFunction;

/**
 * How far figures would vary had other customers come: 95 % of what comes out when groups of
 * customers are drawn again and again, each group whole (a cluster bootstrap).
 */
final class Intervals {

  private static final long SEED = 20_160_101;
  private static final double TAIL = 0.025;

  private final Map<String, List<Lines>> drawn = new HashMap<>();

  Intervals(Counts counts, AttributionRules rules) {
    Random random = new Random(SEED);
    for (int draw = 0; draw < rules.resamples(); draw++) {
      int[] times = new int[TallyJourneys.GROUPS];
      for (int i = 0; i < times.length; i++) {
        times[random.nextInt(times.length)]++;
      }
      for (Map.Entry<String, Parts> model : Estimate.drawn(counts, rules, times).entrySet()) {
        drawn
            .computeIfAbsent(model.getKey(), name -> new ArrayList<>())
            .add(new Lines(counts, model.getValue(), times));
      }
    }
  }

  /** Lower and upper end of the conversions; null where the model was not drawn. */
  double[] conversions(String model, Target target) {
    return ends(model, target, Lines::conversions);
  }

  /** Lower and upper end of the revenue; null where the model was not drawn. */
  double[] revenue(String model, Target target) {
    return ends(model, target, Lines::revenue);
  }

  private double[] ends(String model, Target target, ToLongBiFunction<Lines, Target> figure) {
    List<Lines> draws = drawn.get(model);
    if (draws == null) {
      return null;
    }
    double[] values =
        draws.stream()
            .mapToDouble(lines -> figure.applyAsLong(lines, target) / (double) Estimate.CONVERSION)
            .sorted()
            .toArray();
    return new double[] {at(values, TAIL), at(values, 1 - TAIL)};
  }

  private static double at(double[] sorted, double share) {
    double place = (sorted.length - 1) * share;
    int below = (int) Math.floor(place);
    double[] ends = Arrays.copyOfRange(sorted, below, Math.min(below + 2, sorted.length));
    return ends[0] + (place - below) * (ends[ends.length - 1] - ends[0]);
  }
}
