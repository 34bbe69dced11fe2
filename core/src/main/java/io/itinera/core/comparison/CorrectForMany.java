package io.itinera.core.comparison;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How chances of error are corrected for how many comparisons were made. */
public enum CorrectForMany {

  /**
   * Of all that are called different at 0.05, at most so large a share is not (false discovery
   * rate; Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995).
   */
  BENJAMINI_HOCHBERG {
    @Override
    public double[] corrected(double... chances) {
      int[] order = ascending(chances);
      double[] corrected = new double[chances.length];
      double least = 1;
      for (int rank = chances.length; rank >= 1; rank--) {
        least = Math.min(least, chances[order[rank - 1]] * chances.length / rank);
        corrected[order[rank - 1]] = least;
      }
      return corrected;
    }
  },

  /**
   * At 0.05, with so small a chance any at all is called different that is not (familywise error
   * rate, however comparisons depend on each other; Holm, Scand. J. Stat. 6, 1979).
   */
  HOLM {
    @Override
    public double[] corrected(double... chances) {
      int[] order = ascending(chances);
      double[] corrected = new double[chances.length];
      double most = 0;
      for (int rank = 1; rank <= chances.length; rank++) {
        double chance = chances[order[rank - 1]] * (chances.length - rank + 1);
        most = Math.max(most, Math.min(1, chance));
        corrected[order[rank - 1]] = most;
      }
      return corrected;
    }
  };

  /**
   * The chances of error as they are when all comparisons are counted.
   *
   * @param chances of each comparison by itself (p values)
   */
  public abstract double[] corrected(double... chances);

  private static int[] ascending(double... chances) {
    return IntStream.range(0, chances.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> chances[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
