package io.itinera.core.match;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** String distances, asked only where they can be large enough. */
final class Similarity {

  private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();

  private Similarity() {}

  /** Jaro–Winkler similarity of two texts, or 0 where their signs tell that it is too small. */
  static double of(Term one, Term other, double least) {
    return isTooFar(one, other, prefix(one.text(), other.text()), least)
        ? 0
        : of(one.text(), other.text());
  }

  /** Jaro–Winkler similarity. */
  static double of(String one, String other) {
    return one.equals(other) ? 1 : JARO_WINKLER.apply(one, other);
  }

  /** The same of what stands before the @ of two addresses. */
  static double ofNames(Term one, Term other, double least) {
    return isTooFar(one, other, prefix(one.skeleton(), other.skeleton()), least)
        ? 0
        : of(one.skeleton(), other.skeleton());
  }

  /** Whether it would be too small even if all signs that both have stood in the same order. */
  private static boolean isTooFar(Term one, Term other, int prefix, double least) {
    int common = one.letters().common(other.letters());
    double jaro =
        ((double) common / one.letters().length() + (double) common / other.letters().length() + 1)
            / 3;
    return common == 0 || jaro + 0.1 * prefix * (1 - jaro) < least;
  }

  /** Signs at the begin that are the same, as far as Jaro–Winkler counts them. */
  private static int prefix(String left, String right) {
    int prefix = 0;
    while (prefix < 4
        && prefix < left.length()
        && prefix < right.length()
        && left.charAt(prefix) == right.charAt(prefix)) {
      prefix++;
    }
    return prefix;
  }

  /** Whether one sign more, less or other, or two neighbours in turned order, is all. */
  static boolean isOneSlip(String one, String other) {
    String longer = one.length() >= other.length() ? one : other;
    String shorter = one.length() >= other.length() ? other : one;
    if (longer.length() - shorter.length() > 1) {
      return false;
    }
    int start = 0;
    while (start < shorter.length() && longer.charAt(start) == shorter.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter.length() - start
        && longer.charAt(longer.length() - 1 - end) == shorter.charAt(shorter.length() - 1 - end)) {
      end++;
    }
    int left = longer.length() - start - end;
    int right = shorter.length() - start - end;
    boolean areTurned =
        left == 2
            && right == 2
            && longer.charAt(start) == shorter.charAt(start + 1)
            && longer.charAt(start + 1) == shorter.charAt(start);
    return left <= 1 || areTurned;
  }
}
