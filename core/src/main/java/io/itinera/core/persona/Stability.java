package io.itinera.core.persona;

import io.itinera.core.persona.PersonaRecovery.Overlap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How far halves of the same points agree on groups: the mean adjusted Rand index (Hubert and
 * Arabie, 1985) of the groups of all points and those that a random half of them gives.
 */
final class Stability {

  private static final int RESAMPLES = 4;
  // More points would hardly tell more.
  private static final int MOST_POINTS = 1_000;

  private Stability() {}

  /**
   * From about 0, chance, to 1, always the same.
   *
   * @param points in any order that has nothing to do with where they lie
   * @param groups per point its group
   */
  static double of(List<double[]> points, int[] groups, int size, PersonaRules rules) {
    List<double[]> some = points.subList(0, Math.min(points.size(), MOST_POINTS));
    double sum = 0;
    for (int resample = 1; resample <= RESAMPLES; resample++) {
      List<double[]> half = half(some, new Random(rules.seed() + resample));
      Fit fit = rules.grouping().fit(half, size, rules.seed() + resample);
      sum += agreement(groups, fit.groups(some));
    }
    return sum / RESAMPLES;
  }

  private static List<double[]> half(List<double[]> points, Random random) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, points.size()).boxed().toList());
    Collections.shuffle(places, random);
    return places.subList(0, (points.size() + 1) / 2).stream().sorted().map(points::get).toList();
  }

  /** The adjusted Rand index of two groupings, of as many points as the second has. */
  static double agreement(int[] groups, int[] others) {
    int size =
        1 + Math.max(IntStream.of(groups).max().orElse(0), IntStream.of(others).max().orElse(0));
    long[][] both = new long[size][size];
    for (int i = 0; i < others.length; i++) {
      both[groups[i]][others[i]]++;
    }
    List<Overlap> table = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (both[i][j] > 0) {
          table.add(new Overlap("" + i, "" + j, both[i][j]));
        }
      }
    }
    return PersonaRecovery.of(table).adjustedRandIndex();
  }
}
