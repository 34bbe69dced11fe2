package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is counted of one place of the journey map. */
final class PlaceSums {

  static final Comparator<Place> ORDER =
      Comparator.comparing(Place::stage).thenComparing(Place::type).thenComparing(Place::channel);

  long customers;
  long touchpoints;
  long decided;
  long converted;
  long followed;
  long left;
  long cost;
  long atStake;
  long ratings;
  long ratingSum;
  long painful;
  final Map<String, Long> pains = new TreeMap<>();
  final Map<String, Long> nexts = new TreeMap<>();
  final Map<String, Long> questions = new TreeMap<>();

  /** By stratum: customers and conversions of good moments, and of bad ones. */
  final Map<String, long[]> strata = new TreeMap<>();

  private long[] seconds = new long[4];
  private int size;

  void count(Moment moment, boolean isFirst, Set<String> itsPains) {
    customers += isFirst ? 1 : 0;
    touchpoints++;
    cost += moment.cost();
    if (moment.rating() != null) {
      ratings++;
      ratingSum += moment.rating();
    }
    painful += itsPains.isEmpty() ? 0 : 1;
    itsPains.forEach(pain -> pains.merge(pain, 1L, Long::sum));
    if (moment.question() != null && isFirst) {
      questions.merge(moment.question(), 1L, Long::sum);
    }
  }

  void took(long each) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * size);
    }
    seconds[size++] = each;
  }

  void compare(String stratum, boolean isGood, boolean converts) {
    long[] counts = strata.computeIfAbsent(stratum, s -> new long[4]);
    counts[isGood ? 0 : 2]++;
    counts[isGood ? 1 : 3] += converts ? 1 : 0;
  }

  /** All plain sums, in the order in which {@link #addPlain} takes them. */
  long[] plain() {
    return new long[] {
      customers,
      touchpoints,
      decided,
      converted,
      followed,
      left,
      cost,
      atStake,
      ratings,
      ratingSum,
      painful
    };
  }

  void addPlain(long... sums) {
    customers += sums[0];
    touchpoints += sums[1];
    decided += sums[2];
    converted += sums[3];
    followed += sums[4];
    left += sums[5];
    cost += sums[6];
    atStake += sums[7];
    ratings += sums[8];
    ratingSum += sums[9];
    painful += sums[10];
  }

  /** How long each took, in seconds. */
  long[] seconds() {
    return Arrays.copyOf(seconds, size);
  }

  /** The median; null without any. */
  Double medianSeconds() {
    long[] sorted = seconds();
    if (sorted.length == 0) {
      return null;
    }
    Arrays.sort(sorted);
    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
  }

  /**
   * By how much more good moments are followed by a conversion than bad ones: the difference of the
   * shares, adjusted for the strata (Mantel–Haenszel), with its 95 % interval and how many
   * customers it is of; null where no stratum has both.
   */
  double[] effect() {
    double weights = 0;
    double sum = 0;
    double variance = 0;
    double sample = 0;
    for (long[] counts : strata.values()) {
      double good = counts[0];
      double bad = counts[2];
      if (good > 0 && bad > 0) {
        double weight = good * bad / (good + bad);
        double ofGood = counts[1] / good;
        double ofBad = counts[3] / bad;
        weights += weight;
        sum += weight * (ofGood - ofBad);
        variance += weight * weight * (ofGood * (1 - ofGood) / good + ofBad * (1 - ofBad) / bad);
        sample += good + bad;
      }
    }
    if (weights == 0) {
      return null;
    }
    double effect = sum / weights;
    double error = 1.959964 * Math.sqrt(variance) / weights;
    return new double[] {effect, effect - error, effect + error, sample};
  }
}
