package io.itinera.core.offer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.table.CustomerDays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds places of products by alternating least squares: customers are placed by products, and
 * these by customers, again and again.
 *
 * <p>It works on a bounded number of customers and in memory, and adds up in one order, so that the
 * same purchases give the same places at any partitioning. MLlib's own does not, beyond one block;
 * and without a folder for checkpoints that all executors share, what it remembers of its steps
 * grows until a thread's stack ends, and Spark with it.
 *
 * @param baskets numbers of the products of each customer
 * @param products how many there are
 * @param rules how places are found
 */
record LearnFactors(List<int[]> baskets, int products, AlsRules rules) {

  /**
   * Learns from customers' products.
   *
   * @param baskets as {@link CountTogether#baskets} gives them
   * @param companions knows the products, and what sells best
   * @param owned what of a basket is learnt from
   */
  static Factors learn(
      Dataset<Row> baskets,
      Companions companions,
      OfferRules rules,
      Function<Basket, List<String>> owned) {
    List<String> products = new ArrayList<>(new TreeSet<>(companions.shares().keySet()));
    List<int[]> numbers = new ArrayList<>();
    for (Row row : chosen(baskets, rules)) {
      int[] theirs =
          owned.apply(Basket.of(row, rules.holdOutDays())).stream()
              .mapToInt(product -> Collections.binarySearch(products, product))
              .filter(number -> number >= 0)
              .sorted()
              .toArray();
      if (theirs.length > 0) {
        numbers.add(theirs);
      }
    }
    double[][] places = new LearnFactors(numbers, products.size(), rules.als()).places();
    return new Factors(products, places, rules.als(), companions);
  }

  private static List<Row> chosen(Dataset<Row> baskets, OfferRules rules) {
    return baskets
        .orderBy(xxhash64(col(CustomerDays.CUSTOMER_ID)), col(CustomerDays.CUSTOMER_ID))
        .limit(rules.als().mostCustomers())
        .collectAsList();
  }

  /** Of each product, by its number. */
  double[][] places() {
    Random random = new Random(rules.seed());
    double[][] places = new double[products][];
    for (int product = 0; product < products; product++) {
      places[product] =
          IntStream.range(0, rules.rank())
              .mapToDouble(place -> random.nextGaussian() / Math.sqrt(rules.rank()))
              .toArray();
    }
    List<int[]> buyers = buyers();
    for (int turn = 0; turn < rules.iterations(); turn++) {
      places = placed(buyers, placed(baskets, places));
    }
    return places;
  }

  /** Each by itself: that several are placed at a time changes none of them. */
  private double[][] placed(List<int[]> together, double[][] others) {
    Placing placing = new Placing(others, rules);
    return together.stream().parallel().map(placing::of).toArray(double[][]::new);
  }

  private List<int[]> buyers() {
    int[] sold = new int[products];
    baskets.forEach(basket -> Arrays.stream(basket).forEach(product -> sold[product]++));
    List<int[]> buyers = new ArrayList<>();
    for (int product = 0; product < products; product++) {
      buyers.add(new int[sold[product]]);
    }
    int[] told = new int[products];
    for (int customer = 0; customer < baskets.size(); customer++) {
      for (int product : baskets.get(customer)) {
        buyers.get(product)[told[product]++] = customer;
      }
    }
    return buyers;
  }
}
