package io.itinera.core.value;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What customers spent on average: all that the model of spend needs to know of those who bought
 * again.
 */
public final class SpendCounts {

  private int[] purchases = new int[16];
  private double[] mean = new double[16];
  private double[] customers = new double[16];
  private int size;

  /**
   * Adds customers of one mean.
   *
   * @param times how many purchases the mean is of, at least 1
   * @param value mean value of a purchase, above zero
   * @param count how many customers have just this pair
   */
  public void add(int times, double value, double count) {
    if (size == purchases.length) {
      purchases = Arrays.copyOf(purchases, size * 2);
      mean = Arrays.copyOf(mean, size * 2);
      customers = Arrays.copyOf(customers, size * 2);
    }
    purchases[size] = times;
    mean[size] = value;
    customers[size] = count;
    size++;
  }

  /** How many pairs differ. */
  public int size() {
    return size;
  }

  /** All customers. */
  public double total() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += customers[i];
    }
    return sum;
  }

  /** The mean value of all their purchases. */
  public double meanValue() {
    double value = 0;
    double count = 0;
    for (int i = 0; i < size; i++) {
      value += purchases[i] * mean[i] * customers[i];
      count += purchases[i] * customers[i];
    }
    return value / count;
  }

  int purchases(int pair) {
    return purchases[pair];
  }

  double mean(int pair) {
    return mean[pair];
  }

  double customers(int pair) {
    return customers[pair];
  }

  int mostPurchases() {
    return IntStream.range(0, size).map(pair -> purchases[pair]).max().orElse(0);
  }

  /** The same in an order of its own, whatever the one in which pairs were added. */
  SpendCounts sorted() {
    Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
    Arrays.parallelSort(
        order,
        Comparator.<Integer>comparingInt(pair -> purchases[pair])
            .thenComparingDouble(pair -> mean[pair]));
    SpendCounts sorted = new SpendCounts();
    for (int pair : order) {
      sorted.add(purchases[pair], mean[pair], customers[pair]);
    }
    return sorted;
  }

  /** The same with values in another unit. */
  SpendCounts inUnitsOf(double unit) {
    SpendCounts scaled = new SpendCounts();
    for (int i = 0; i < size; i++) {
      scaled.add(purchases[i], mean[i] / unit, customers[i]);
    }
    return scaled;
  }

  /** About {@code most} pairs that stand for all, at even steps through their order. */
  SpendCounts thinned(int most) {
    if (size <= most) {
      return this;
    }
    SpendCounts few = new SpendCounts();
    double step = total() / most;
    double passed = step / 2;
    for (int i = 0; i < size; i++) {
      passed += customers[i];
      double steps = Math.floor(passed / step);
      if (steps > 0) {
        few.add(purchases[i], mean[i], steps * step);
        passed -= steps * step;
      }
    }
    return few;
  }
}
