package io.itinera.core.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times from one step right to the next, by the bin of days in which they began, in four classes
 * that the quartiles of all of them divide.
 *
 * @param quartiles of all times, in seconds
 * @param bins by first day (days since 1970), how many are in each class
 * @param medians by first day, in seconds
 */
record Spectrum(List<Double> quartiles, Map<Long, long[]> bins, Map<Long, Double> medians) {

  private static final int CLASSES = 4;
  private static final int BITS = 32;
  private static final long LOW = 0xFFFF_FFFFL;

  /** A Monday. */
  private static final long FIRST_DAY = 4;

  /** A time and the bin of the day on which it began, as one number: earlier bins are smaller. */
  static long packed(long day, int binDays, long seconds) {
    return Math.floorDiv(day - FIRST_DAY, (long) binDays) << BITS | Math.min(seconds, LOW);
  }

  /** The spectrum of all that is packed in {@code parts}. */
  static Spectrum of(List<byte[]> parts, int binDays) {
    long[] packed = parts.stream().map(Longs::of).flatMapToLong(Arrays::stream).sorted().toArray();
    long[] seconds = Arrays.stream(packed).map(each -> each & LOW).sorted().toArray();
    List<Double> quartiles = List.of(at(seconds, 0.25), at(seconds, 0.5), at(seconds, 0.75));
    Map<Long, long[]> bins = new TreeMap<>();
    Map<Long, Double> medians = new TreeMap<>();
    int first = 0;
    while (first < packed.length) {
      long bin = packed[first] >> BITS;
      int end = first;
      long[] classes = new long[CLASSES];
      while (end < packed.length && packed[end] >> BITS == bin) {
        classes[classOf(packed[end] & LOW, quartiles)]++;
        end++;
      }
      long[] ofBin = Arrays.stream(packed, first, end).map(each -> each & LOW).toArray();
      bins.put(bin * binDays + FIRST_DAY, classes);
      medians.put(bin * binDays + FIRST_DAY, at(ofBin, 0.5));
      first = end;
    }
    return new Spectrum(quartiles, bins, medians);
  }

  private static int classOf(long seconds, List<Double> quartiles) {
    int above = 0;
    while (above < quartiles.size() && seconds > quartiles.get(above)) {
      above++;
    }
    return above;
  }

  /** A share's place among numbers in ascending order, between two by straight interpolation. */
  private static double at(long[] sorted, double share) {
    double place = (sorted.length - 1) * share;
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
