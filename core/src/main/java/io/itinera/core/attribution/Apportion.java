package io.itinera.core.attribution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Parts a whole number of indivisible units, such as hundredths of a cent, by weights, so that the
 * parts add up to it: by largest remainder (Hamilton's method), ties to who comes first.
 */
final class Apportion {

  private Apportion() {}

  /**
   * The parts of {@code total}, each within one unit of its exact share.
   *
   * @param weights one for each part; if they add up to nothing, all parts weigh the same
   */
  static long[] units(long total, double... weights) {
    if (weights.length == 0) {
      return new long[0];
    }
    double sum = Arrays.stream(weights).sum();
    boolean isEven = sum == 0 || !Double.isFinite(sum);
    long[] parts = new long[weights.length];
    double[] remainders = new double[weights.length];
    long left = total;
    for (int i = 0; i < parts.length; i++) {
      double exact = isEven ? (double) total / parts.length : total * (weights[i] / sum);
      parts[i] = (long) Math.floor(exact);
      remainders[i] = exact - parts[i];
      left = Math.subtractExact(left, parts[i]);
    }
    settle(parts, remainders, left);
    return parts;
  }

  /** Hands out what is {@code left}, one unit each, or takes it back where it is negative. */
  private static void settle(long[] parts, double[] remainders, long left) {
    if (left == 0) {
      return;
    }
    int[] order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -remainders[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long each = left / parts.length;
    int more = (int) (left % parts.length);
    for (int i = 0; i < parts.length; i++) {
      parts[i] += each;
    }
    for (int i = 0; i < Math.abs(more); i++) {
      int place = more > 0 ? order[i] : order[parts.length - 1 - i];
      parts[place] += Integer.signum(more);
    }
  }
}
