package io.itinera.core.offer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CustomerDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Counts customers by the products that they bought, and by the pairs of these: before the days
 * held back, and up to as_of.
 *
 * @param heldDays days up to as_of that are held back
 */
record CountTogether(int heldDays) implements MapPartitionsFunction<Row, Row> {

  /** Stands for whoever bought anything. */
  static final String ANYTHING = "";

  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String BEFORE = "before";
  private static final String ALL = "all";
  private static final StructType COUNTS =
      new StructType()
          .add(LEFT, StringType)
          .add(RIGHT, StringType)
          .add(BEFORE, LongType)
          .add(ALL, LongType);

  /** So many pairs are the most that come to the driver: the rarest are left out. */
  private static final int MOST_PAIRS = 200_000;

  private static final int MOST_HELD = 500_000;

  /**
   * Days with products by customer, held.
   *
   * @param customerDays rows of {@link CustomerDays}
   */
  static Dataset<Row> baskets(Dataset<Row> customerDays, LocalDate asOf, OfferRules rules) {
    Column daysAgo = datediff(lit(asOf), col(CustomerDays.EVENT_DATE));
    return customerDays
        .where(
            daysAgo.between(0, rules.windowDays() - 1).and(size(col(CustomerDays.PRODUCTS)).gt(0)))
        .groupBy(CustomerDays.CUSTOMER_ID)
        .agg(collect_list(struct(daysAgo, map_keys(col(CustomerDays.PRODUCTS)))).as("days"))
        .transform(HoldRows::of);
  }

  /** Counts of those that at least {@code leastTogether} customers bought, up to as_of. */
  static List<PairCount> counts(Dataset<Row> baskets, OfferRules rules) {
    return baskets
        .mapPartitions(new CountTogether(rules.holdOutDays()), Encoders.row(COUNTS))
        .groupBy(LEFT, RIGHT)
        .agg(sum(BEFORE).as(BEFORE), sum(ALL).as(ALL))
        .where(col(ALL).geq(rules.leastTogether()))
        .orderBy(col(ALL).desc(), col(LEFT), col(RIGHT))
        .limit(MOST_PAIRS)
        .collectAsList()
        .stream()
        .map(
            row ->
                new PairCount(row.getString(0), row.getString(1), row.getLong(2), row.getLong(3)))
        .toList();
  }

  /** What is counted of one partition. */
  @Override
  public Iterator<Row> call(Iterator<Row> baskets) {
    List<Row> counted = new ArrayList<>();
    Map<PairCount.Pair, long[]> counts = new HashMap<>();
    while (baskets.hasNext()) {
      Basket basket = Basket.of(baskets.next(), heldDays);
      add(basket.before(), 0, counts);
      add(basket.all(), 1, counts);
      if (counts.size() > MOST_HELD || !baskets.hasNext()) {
        counts.forEach(
            (pair, both) ->
                counted.add(RowFactory.create(pair.left(), pair.right(), both[0], both[1])));
        counts.clear();
      }
    }
    return counted.iterator();
  }

  private static void add(List<String> products, int which, Map<PairCount.Pair, long[]> counts) {
    if (!products.isEmpty()) {
      count(ANYTHING, ANYTHING, counts)[which]++;
    }
    for (String one : products) {
      for (String other : products) {
        if (one.compareTo(other) <= 0) {
          count(one, other, counts)[which]++;
        }
      }
    }
  }

  private static long[] count(String left, String right, Map<PairCount.Pair, long[]> counts) {
    return counts.computeIfAbsent(new PairCount.Pair(left, right), pair -> new long[2]);
  }
}
