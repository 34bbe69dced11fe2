package io.itinera.core.match;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How well groups agree with the true persons, by pairs and by B³ (Bagga and Baldwin, Entity-Based
 * Cross-Document Coreferencing Using the Vector Space Model, 1998).
 *
 * @param records how many were compared
 * @param found pairs that are in one group
 * @param planted pairs that are one person's
 * @param both pairs that are both
 * @param bPrecision mean over records of the share of their group that is the same person's
 * @param bRecall mean over records of the share of their person that is in the same group
 */
public record MeasureGroups(
    long records, double found, double planted, double both, double bPrecision, double bRecall) {

  /**
   * Compares.
   *
   * @param groups of each record its group
   * @param persons of each record its person
   */
  public static MeasureGroups of(int[] groups, int[] persons) {
    Map<Integer, Integer> sizes = new HashMap<>();
    Map<Integer, Integer> true_ = new HashMap<>();
    Map<Long, Integer> cells = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      sizes.merge(groups[i], 1, Integer::sum);
      true_.merge(persons[i], 1, Integer::sum);
      cells.merge((long) groups[i] << 32 | persons[i], 1, Integer::sum);
    }
    double precision = 0;
    double recall = 0;
    for (Map.Entry<Long, Integer> cell : cells.entrySet()) {
      double square = (double) cell.getValue() * cell.getValue();
      precision += square / sizes.get((int) (cell.getKey() >> 32));
      recall += square / true_.get((int) (long) cell.getKey());
    }
    double all = Math.max(1, groups.length);
    return new MeasureGroups(
        groups.length,
        pairs(sizes.values()),
        pairs(true_.values()),
        pairs(cells.values()),
        groups.length == 0 ? 1 : precision / all,
        groups.length == 0 ? 1 : recall / all);
  }

  private static double pairs(Collection<Integer> sizes) {
    return sizes.stream().mapToDouble(size -> size * (size - 1.0) / 2).sum();
  }

  /** Share of the pairs in groups that are one person's; 1 when there is none. */
  public double precision() {
    return found == 0 ? 1 : both / found;
  }

  /** Share of one person's pairs that are in a group; 1 when there is none. */
  public double recall() {
    return planted == 0 ? 1 : both / planted;
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return mean(precision(), recall());
  }

  /** Harmonic mean of both B³ figures. */
  public double bF1() {
    return mean(bPrecision, bRecall);
  }

  private static double mean(double one, double other) {
    return one + other == 0 ? 0 : 2 * one * other / (one + other);
  }
}
