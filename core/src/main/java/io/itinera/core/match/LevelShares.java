package io.itinera.core.match;

import io.itinera.core.match.MatchField.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of levels to their probabilities, with what is expected before anything is seen, and
 * within limits that keep one kind of pairs from taking another's place.
 */
final class LevelShares {

  private static final int LEVELS = Level.COUNT;

  /** What is expected of one person's records before anything is seen, by {@link Level}. */
  private static final double[] EXPECTED = {0, .06, .03, .08, .01, .01, .01, .8};

  /** The weight of what is expected, in pairs. */
  private static final double EXPECTED_PAIRS = 5;

  /** The weight of what is expected of a birth date, or whatever nobody shares, in pairs. */
  private static final double EXPECTED_OWN_PAIRS = 50;

  /** The share of one person's pairs that are expected to have kept a group of fields. */
  private static final double EXPECTED_KEPT = 0.98;

  /** So many pairs of one person's records differ plainly in a first name or a birth date. */
  private static final double MOST_DIFFERENT = 0.2;

  /** The share of one person's pairs that have kept an address, at least. */
  private static final double FEWEST_KEPT = 0.7;

  /** The same of a birth date, or whatever else has a part that nobody shares. */
  private static final double FEWEST_KEPT_OF_OWN = 0.92;

  /** Share of two persons of one name whose addresses, made from it, are the same. */
  private static final double SAME_OF_NAMESAKES = 0.02;

  /** Share of those whose addresses are nearly the same. */
  private static final double CLOSE_OF_NAMESAKES = 0.05;

  private static final double NEVER = 1e-6;
  private static final double SELDOM = 1e-8;

  private final List<MatchField> fields;

  LevelShares(List<MatchField> fields) {
    this.fields = fields;
  }

  /** What one person's records are like before any is seen. */
  double[] same() {
    return EXPECTED.clone();
  }

  /**
   * What one person's records are like in a field.
   *
   * @param seen how often each level was seen
   * @param strangers what strangers' records are like
   */
  double[] same(int field, double[] seen, double[] strangers) {
    double[] shares = new double[LEVELS];
    double total = Arrays.stream(seen).sum() + EXPECTED_PAIRS;
    for (int level = 1; level < LEVELS; level++) {
      double expected = strangers[level] < SELDOM ? NEVER : EXPECTED[level];
      shares[level] = (seen[level] + EXPECTED_PAIRS * expected) / total;
    }
    return fields.get(field).isShared() ? shares : limited(shares);
  }

  /**
   * One person's records rarely differ plainly in what nobody shares: without this limit, relatives
   * who agree in all else could pass for persons who change their first name.
   */
  private static double[] limited(double[] shares) {
    int different = Level.DIFFERENT.code();
    double more = shares[different] - MOST_DIFFERENT;
    if (more > 0) {
      shares[different] = MOST_DIFFERENT;
      shares[Level.EXACT.code()] += more;
    }
    return shares;
  }

  /** What relatives' records are like before any is seen: strangers' in all but what is shared. */
  double[] related(int field, double[] strangers) {
    return related(field, strangers, 0.7);
  }

  /** What relatives' records are like in a field, of which each level was seen so often. */
  double[] related(int field, double[] seen, double[] strangers) {
    double[] shares = related(field, strangers, 0.3);
    if (fields.get(field).isShared()) {
      double total = Arrays.stream(seen).sum() + EXPECTED_PAIRS;
      for (int level = 1; level < LEVELS; level++) {
        shares[level] = (seen[level] + EXPECTED_PAIRS * shares[level]) / total;
      }
      ofNamesakes(field, shares);
    }
    return shares;
  }

  private double[] related(int field, double[] strangers, double alike) {
    double[] shares = strangers.clone();
    if (fields.get(field).isShared()) {
      for (int level = 1; level < LEVELS; level++) {
        shares[level] = alike * EXPECTED[level] + (1 - alike) * strangers[level];
      }
      ofNamesakes(field, shares);
    }
    return shares;
  }

  /** What strangers' records are like in a field, of which each level was seen so often. */
  double[] strangers(int field, double[] seen) {
    double[] shares = new double[LEVELS];
    double total = Arrays.stream(seen).sum() + 0.1 * LEVELS;
    for (int level = 1; level < LEVELS; level++) {
      shares[level] = (seen[level] + 0.1) / total;
    }
    ofNamesakes(field, shares);
    return shares;
  }

  /**
   * Namesakes are too rare among any two records to count how often their addresses agree, where
   * they are made from the name; it is taken for granted.
   */
  private void ofNamesakes(int field, double[] shares) {
    if (fields.get(field).kind() == Kind.EMAIL) {
      shares[Level.SAME_AS_NAMED.code()] = SAME_OF_NAMESAKES;
      shares[Level.CLOSE_AS_NAMED.code()] = CLOSE_OF_NAMESAKES;
    }
  }

  /** The probability that one person keeps a group of fields, before any is seen. */
  double kept(String group) {
    return isOwn(group) ? FEWEST_KEPT_OF_OWN : FEWEST_KEPT;
  }

  /** The same, where of {@code all} pairs so many have kept it. */
  double kept(String group, double kept, double all) {
    double weight = isOwn(group) ? EXPECTED_OWN_PAIRS : EXPECTED_PAIRS;
    double share = (kept + EXPECTED_KEPT * weight) / (all + weight);
    return Math.max(kept(group), Math.min(1 - NEVER, share));
  }

  /** Whether a group has a field that nobody shares. */
  private boolean isOwn(String group) {
    return fields.stream().anyMatch(field -> group.equals(field.group()) && !field.isShared());
  }
}
