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

  /** The same of a birth date, or whatever else has a part that nobody shares. */
  private static final double EXPECTED_KEPT_OF_OWN = 0.99;

  /** The share of one person's pairs that are expected to differ plainly in what nobody shares. */
  private static final double EXPECTED_DIFFERENT_OF_OWN = 0.03;

  /** The share of relatives that are expected to be alike in a part that is a person's own. */
  static final double EXPECTED_ALIKE = 0.03;

  /** The share of relatives that are so, at most. */
  private static final double MOST_ALIKE = 0.25;

  /**
   * The weight of what is expected, for each pair seen, where pairs alone may not tell: whether
   * those who share all but the first name are twins, or one person whose name somebody mistook.
   */
  private static final double EXPECTED_SHARE = 0.5;

  /** So many pairs of one person's records differ plainly in a first name or a birth date. */
  private static final double MOST_DIFFERENT = 0.1;

  /** The share of one person's pairs that have kept an address, at least. */
  private static final double FEWEST_KEPT = 0.7;

  /** The same of a birth date, or whatever else has a part that nobody shares. */
  private static final double FEWEST_KEPT_OF_OWN = 0.95;

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
    double seen = shares[different];
    if (seen > EXPECTED_DIFFERENT_OF_OWN) {
      shares[different] = Math.min(MOST_DIFFERENT, drawn(seen, EXPECTED_DIFFERENT_OF_OWN));
      shares[Level.EXACT.code()] += seen - shares[different];
    }
    return shares;
  }

  /** A share that was seen, drawn to what is expected. */
  private static double drawn(double seen, double expected) {
    return (seen + EXPECTED_SHARE * expected) / (1 + EXPECTED_SHARE);
  }

  /** The share of relatives who are alike in a part, where of {@code all} so many are. */
  static double alike(double seen, double all) {
    double share = (seen + EXPECTED_PAIRS * EXPECTED_ALIKE) / (all + EXPECTED_PAIRS);
    return Math.min(MOST_ALIKE, Math.max(share, drawn(share, EXPECTED_ALIKE)));
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
    return isOwn(group) ? EXPECTED_KEPT : FEWEST_KEPT;
  }

  /** The same, where of {@code all} pairs so many have kept it. */
  double kept(String group, double kept, double all) {
    if (isOwn(group)) {
      double share =
          (kept + EXPECTED_KEPT_OF_OWN * EXPECTED_OWN_PAIRS) / (all + EXPECTED_OWN_PAIRS);
      double changed = 1 - Math.max(FEWEST_KEPT_OF_OWN, Math.min(1 - NEVER, share));
      return 1 - drawn(changed, Math.min(changed, 1 - EXPECTED_KEPT_OF_OWN));
    }
    double share = (kept + EXPECTED_KEPT * EXPECTED_PAIRS) / (all + EXPECTED_PAIRS);
    return Math.max(FEWEST_KEPT, Math.min(1 - NEVER, share));
  }

  /** Whether a group has a field that nobody shares. */
  private boolean isOwn(String group) {
    return fields.stream().anyMatch(field -> group.equals(field.group()) && !field.isShared());
  }
}
