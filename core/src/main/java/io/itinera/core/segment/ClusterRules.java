package io.itinera.core.segment;

/**
 * How customers are parted by their paths.
 *
 * @param by what makes customers alike
 * @param fewest clusters to try
 * @param most clusters to try; the same as {@code fewest} for exactly so many
 */
public record ClusterRules(By by, int fewest, int most) {

  /** What makes customers alike. */
  public enum By {
    /** What is measured of their journeys (k-means). */
    METRICS,
    /** Which steps their journeys have (non-negative factors). */
    STEPS
  }

  /** More would be told apart by chance. */
  public static final int MOST = 20;

  /** As many as suit best, where nobody says how many. */
  public static ClusterRules of(By by) {
    return new ClusterRules(by, 2, 8);
  }

  public ClusterRules {
    if (fewest < 2 || most < fewest || most > MOST) {
      throw new IllegalArgumentException(
          "clusters must be 2 to %d, the fewest first, were %d to %d"
              .formatted(MOST, fewest, most));
    }
  }
}
