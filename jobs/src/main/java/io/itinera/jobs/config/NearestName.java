package io.itinera.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody who mistyped it probably meant. */
final class NearestName {

  private NearestName() {}

  /**
   * The known name closest to {@code word} by edit distance, case and the choice of {@code -} or
   * {@code _} aside; none where more than a third of the word would have to change.
   */
  static Optional<String> to(String word, Collection<String> known) {
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(name -> distance(plain(word), plain(name)) <= most)
        .min(
            Comparator.comparingInt((String name) -> distance(plain(word), plain(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code ; did you mean "x"?}, or nothing. */
  static String hint(String word, Collection<String> known) {
    return to(word, known).map("; did you mean \"%s\"?"::formatted).orElse("");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int distance(String from, String to) {
    return new Alignment(from, to).distance();
  }

  /** Optimal string alignment: two letters swapped are one mistake. */
  private static final class Alignment {

    private final String from;
    private final String to;

    /** What it costs to make one word's first letters those of the other. */
    private final int[][] cost;

    Alignment(String from, String to) {
      this.from = from;
      this.to = to;
      this.cost = new int[from.length() + 1][to.length() + 1];
    }

    int distance() {
      for (int i = 0; i <= from.length(); i++) {
        for (int j = 0; j <= to.length(); j++) {
          cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(i, j);
        }
      }
      return cost[from.length()][to.length()];
    }

    private int cheapest(int i, int j) {
      int swap = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
      int best = Math.min(cost[i - 1][j - 1] + swap, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
      boolean swapped =
          i > 1
              && j > 1
              && from.charAt(i - 1) == to.charAt(j - 2)
              && from.charAt(i - 2) == to.charAt(j - 1);
      return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
  }
}
