package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
  long costs;
  long cost;
  long atStake;
  long ratings;
  long ratingSum;
  long sentiments;
  long sentimentSum;
  long painful;

  /** Touchpoints, those of one contact once: pains are a share of them. */
  long hurtable;

  final Map<String, Long> pains = new TreeMap<>();
  final Map<String, Long> nexts = new HashMap<>();
  final Map<String, Long> questions = new HashMap<>();

  /** By stratum: customers and conversions of good moments, and of bad ones. */
  final Map<String, long[]> strata = new TreeMap<>();

  /** The same of customers whom nobody saw again. */
  final Map<String, long[]> silences = new TreeMap<>();

  /** By seconds that a touchpoint took, how many took so long. */
  final Map<Long, Long> seconds = new HashMap<>();

  void count(Moment moment, boolean isFirst) {
    customers += isFirst ? 1 : 0;
    touchpoints++;
    if (moment.cost() != null) {
      costs++;
      cost += moment.cost();
    }
    if (moment.rating() != null) {
      ratings++;
      ratingSum += moment.rating();
    }
    if (moment.sentiment() != null) {
      sentiments++;
      sentimentSum += moment.sentiment();
    }
    if (moment.question() != null && isFirst) {
      questions.merge(moment.question(), 1L, Long::sum);
    }
  }

  /**
   * Counts what hurt.
   *
   * @param known what did so before in the same contact; null if this is not a further touchpoint
   *     of one
   */
  void countPains(Set<String> itsPains, Set<String> known) {
    boolean hurtBefore = known != null && !known.isEmpty();
    hurtable += known == null ? 1 : 0;
    painful += itsPains.isEmpty() || hurtBefore ? 0 : 1;
    for (String pain : itsPains) {
      if (known == null || !known.contains(pain)) {
        pains.merge(pain, 1L, Long::sum);
      }
    }
  }

  void took(long each) {
    seconds.merge(each, 1L, Long::sum);
  }

  /**
   * Counts a customer in one of the comparisons.
   *
   * @param comparison {@link #strata} or {@link #silences}
   */
  static void compare(
      Map<String, long[]> comparison, String stratum, boolean isGood, boolean happened) {
    long[] counts = comparison.computeIfAbsent(stratum, s -> new long[4]);
    counts[isGood ? 0 : 2]++;
    counts[isGood ? 1 : 3] += happened ? 1 : 0;
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
      costs,
      cost,
      atStake,
      ratings,
      ratingSum,
      sentiments,
      sentimentSum,
      painful,
      hurtable
    };
  }

  void addPlain(long... sums) {
    customers += sums[0];
    touchpoints += sums[1];
    decided += sums[2];
    converted += sums[3];
    followed += sums[4];
    left += sums[5];
    costs += sums[6];
    cost += sums[7];
    atStake += sums[8];
    ratings += sums[9];
    ratingSum += sums[10];
    sentiments += sums[11];
    sentimentSum += sums[12];
    painful += sums[13];
    hurtable += sums[14];
  }

  /** The median; null without any. */
  Double medianSeconds() {
    long size = seconds.values().stream().mapToLong(Long::longValue).sum();
    Map<Long, Long> sorted = new TreeMap<>(seconds);
    return size == 0
        ? null
        : (Double) ((seconds(sorted, (size - 1) / 2) + seconds(sorted, size / 2)) / 2.0);
  }

  /** How long the one took that is at {@code place} when they are sorted. */
  private static long seconds(Map<Long, Long> sorted, long place) {
    long before = 0;
    for (Map.Entry<Long, Long> each : sorted.entrySet()) {
      before += each.getValue();
      if (before > place) {
        return each.getKey();
      }
    }
    throw new IllegalArgumentException("There is no place " + place);
  }

  /** Leaves of the questions those that are told. */
  void keepQuestions() {
    Map<String, Long> told = new TreeMap<>();
    questions().forEach(question -> told.put(question, questions.get(question)));
    questions.clear();
    questions.putAll(told);
  }

  /** What most customers wanted to know, the most frequent first. */
  List<String> questions() {
    return questions.entrySet().stream()
        .filter(question -> question.getValue() >= ExperienceRules.LEAST_ASKERS)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(ExperienceRules.MOST_QUESTIONS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * By how much more often it happened after good moments than after bad ones: the difference of
   * the shares, adjusted for the strata (Mantel–Haenszel), with its 95 % interval and how many
   * customers it is of; null where no stratum has both.
   *
   * @param comparison {@link #strata} or {@link #silences}
   */
  static double[] effect(Map<String, long[]> comparison) {
    double weights = 0;
    double sum = 0;
    double variance = 0;
    double sample = 0;
    for (long[] counts : comparison.values()) {
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
