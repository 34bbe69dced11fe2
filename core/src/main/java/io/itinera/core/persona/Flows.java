package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.List;

/** Customers by the persona that a training would have put them in, and by the one they are in. */
final class Flows {

  /** So much of a persona is a good part of it. */
  private static final double PART = 0.2;

  private static final double MOST = 0.5;

  private final long[][] customers;

  private Flows(long[][] customers) {
    this.customers = customers;
  }

  /** Of the customers whom {@code clusters} are of, by the features that they have now. */
  static Flows of(PersonaModel before, Clusters clusters) {
    int[] then = groups(before, clusters.sample());
    long[][] customers = new long[before.personas().size()][clusters.fit().centers().size()];
    for (int i = 0; i < then.length; i++) {
      customers[then[i]][clusters.groups().get(i)]++;
    }
    return new Flows(customers);
  }

  /**
   * Where {@code before} would put customers now, and so where its groups are now.
   *
   * @param sample their features in their own units
   * @param scaled the same, scaled
   * @return the middles of its groups, but of those that have lost everybody
   */
  static List<double[]> centers(PersonaModel before, List<double[]> sample, List<double[]> scaled) {
    int[] then = groups(before, sample);
    List<double[]> centers = new ArrayList<>();
    for (int group = 0; group < before.personas().size(); group++) {
      double[] center = new double[before.scaling().features().size()];
      int members = 0;
      for (int i = 0; i < then.length; i++) {
        if (then[i] == group) {
          members++;
          for (int j = 0; j < center.length; j++) {
            center[j] += scaled.get(i)[j];
          }
        }
      }
      if (members > 0) {
        for (int j = 0; j < center.length; j++) {
          center[j] /= members;
        }
        centers.add(center);
      }
    }
    return centers;
  }

  private static int[] groups(PersonaModel before, List<double[]> sample) {
    return before.fit().groups(sample.stream().map(before.scaling()::apply).toList());
  }

  /** How many were in {@code was} and are in {@code now}. */
  long both(int was, int now) {
    return customers[was][now];
  }

  /** Of those who were in {@code was} or are in {@code now} the share of those who are both. */
  double overlap(int was, int now) {
    long either = had(was) + has(now) - both(was, now);
    return either == 0 ? 0 : (double) both(was, now) / either;
  }

  /** Whether {@code now} is a good part of {@code was}, and mostly made of it. */
  boolean isPart(int was, int now) {
    return both(was, now) >= PART * had(was)
        && both(was, now) >= MOST * has(now)
        && both(was, now) > 0;
  }

  /** Whether most of {@code was} is in {@code now}, and a good part of it. */
  boolean isSource(int was, int now) {
    return both(was, now) >= MOST * had(was)
        && both(was, now) >= PART * has(now)
        && both(was, now) > 0;
  }

  /** Where most of {@code now} were, the first of equally many. */
  int origin(int now) {
    int most = 0;
    for (int was = 1; was < customers.length; was++) {
      most = both(was, now) > both(most, now) ? was : most;
    }
    return most;
  }

  /** Where most of {@code was} are, the first of equally many. */
  int destination(int was) {
    int most = 0;
    for (int now = 1; now < customers[was].length; now++) {
      most = both(was, now) > both(was, most) ? now : most;
    }
    return most;
  }

  /** How many were in {@code was}. */
  long had(int was) {
    long sum = 0;
    for (long each : customers[was]) {
      sum += each;
    }
    return sum;
  }

  /** How many are in {@code now}. */
  long has(int now) {
    long sum = 0;
    for (long[] each : customers) {
      sum += each[now];
    }
    return sum;
  }
}
