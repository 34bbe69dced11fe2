package io.itinera.core.value;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How many customers have the same history: all that the models of purchases need to know of a
 * population, however large.
 */
public final class PurchaseCounts {

  private int[] purchases = new int[16];
  private double[] last = new double[16];
  private double[] age = new double[16];
  private double[] customers = new double[16];
  private int size;

  /**
   * Adds customers of one history.
   *
   * @param repeats repeat purchases, those of one day counted once
   * @param lastAt time from the first purchase to the last
   * @param now time from the first purchase to now
   * @param count how many customers have just this history
   */
  public void add(int repeats, double lastAt, double now, double count) {
    if (size == purchases.length) {
      purchases = Arrays.copyOf(purchases, size * 2);
      last = Arrays.copyOf(last, size * 2);
      age = Arrays.copyOf(age, size * 2);
      customers = Arrays.copyOf(customers, size * 2);
    }
    purchases[size] = repeats;
    last[size] = lastAt;
    age[size] = now;
    customers[size] = count;
    size++;
  }

  /** How many histories differ. */
  public int size() {
    return size;
  }

  /** All customers. */
  public double total() {
    return sum(history -> 1);
  }

  /** Customers who bought again. */
  public double repeaters() {
    return sum(history -> purchases[history] > 0 ? 1 : 0);
  }

  /** Repeat purchases of all customers. */
  public double allPurchases() {
    return sum(history -> purchases[history]);
  }

  int purchases(int history) {
    return purchases[history];
  }

  double last(int history) {
    return last[history];
  }

  double age(int history) {
    return age[history];
  }

  double customers(int history) {
    return customers[history];
  }

  int mostPurchases() {
    return IntStream.range(0, size).map(history -> purchases[history]).max().orElse(0);
  }

  double meanAge() {
    return sum(history -> age[history]) / total();
  }

  /** All times that occur, rising. */
  double[] times() {
    double[] times = Arrays.copyOf(last, 2 * size);
    System.arraycopy(age, 0, times, size, size);
    Arrays.sort(times);
    int different = 0;
    for (double time : times) {
      if (different == 0 || Double.compare(time, times[different - 1]) != 0) {
        times[different++] = time;
      }
    }
    return Arrays.copyOf(times, different);
  }

  /** The same in an order of its own, whatever the one in which histories were added. */
  PurchaseCounts sorted() {
    double[] times = times();
    int[] order = IntStream.range(0, size).toArray();
    order = inOrder(order, history -> Arrays.binarySearch(times, age[history]), times.length);
    order = inOrder(order, history -> Arrays.binarySearch(times, last[history]), times.length);
    order = inOrder(order, history -> purchases[history], mostPurchases() + 1);
    PurchaseCounts sorted = new PurchaseCounts();
    for (int history : order) {
      sorted.add(purchases[history], last[history], age[history], customers[history]);
    }
    return sorted;
  }

  /** Those of as many purchases and one age taken together, in an order of their own. */
  PurchaseCounts whenever() {
    PurchaseCounts alike = new PurchaseCounts();
    for (int i = 0; i < size; i++) {
      alike.add(purchases[i], 0, age[i], customers[i]);
    }
    PurchaseCounts sorted = alike.sorted();
    PurchaseCounts together = new PurchaseCounts();
    for (int i = 0; i < size; i++) {
      int before = together.size - 1;
      if (before >= 0
          && together.purchases[before] == sorted.purchases[i]
          && together.age[before] == sorted.age[i]) {
        together.customers[before] += sorted.customers[i];
      } else {
        together.add(sorted.purchases[i], 0, sorted.age[i], sorted.customers[i]);
      }
    }
    return together;
  }

  /** By few ranks, those of one rank as they were: counted, not compared. */
  private static int[] inOrder(int[] histories, IntUnaryOperator rank, int ranks) {
    int[] places = new int[ranks + 1];
    int[] ofHistories = new int[histories.length];
    for (int i = 0; i < histories.length; i++) {
      ofHistories[i] = rank.applyAsInt(histories[i]);
      places[ofHistories[i] + 1]++;
    }
    for (int i = 1; i < ranks; i++) {
      places[i] += places[i - 1];
    }
    int[] ordered = new int[histories.length];
    for (int i = 0; i < histories.length; i++) {
      ordered[places[ofHistories[i]]++] = histories[i];
    }
    return ordered;
  }

  /** The same with times in another unit. */
  PurchaseCounts inUnitsOf(double unit) {
    PurchaseCounts scaled = new PurchaseCounts();
    for (int i = 0; i < size; i++) {
      scaled.add(purchases[i], last[i] / unit, age[i] / unit, customers[i]);
    }
    return scaled;
  }

  /**
   * About {@code most} histories that stand for all, at even steps through their order; those of
   * many customers are always among them.
   */
  PurchaseCounts thinned(int most) {
    if (size <= most) {
      return this;
    }
    PurchaseCounts few = new PurchaseCounts();
    double step = total() / most;
    double passed = step / 2;
    for (int i = 0; i < size; i++) {
      passed += customers[i];
      double steps = Math.floor(passed / step);
      if (steps > 0) {
        few.add(purchases[i], last[i], age[i], steps * step);
        passed -= steps * step;
      }
    }
    return few;
  }

  /** What is summed of each history, times its customers. */
  private interface Part {
    double of(int history);
  }

  private double sum(Part part) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += part.of(i) * customers[i];
    }
    return sum;
  }
}
