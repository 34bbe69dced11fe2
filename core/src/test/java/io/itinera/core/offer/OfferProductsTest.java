package io.itinera.core.offer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.offer.OfferProducts.Offered;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.SparkExtension;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class OfferProductsTest {

  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 29);
  private static final OfferRules RULES = new OfferRules(7, 365, 28, 3, 2, 10);
  private static final StructType DAYS =
      new StructType()
          .add(CustomerDays.CUSTOMER_ID, DataTypes.StringType)
          .add(CustomerDays.EVENT_DATE, DataTypes.DateType)
          .add(
              CustomerDays.PRODUCTS,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));

  /** Who bought a tent buys a stove, who bought a pen ink; everybody buys bags. */
  private static Dataset<Row> campersAndWriters(SparkSession spark) {
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String customer = "c%02d".formatted(i);
      boolean isCamper = i % 2 == 0;
      days.add(day(customer, 100, isCamper ? "tent" : "pen", i % 3 == 0 ? "bag" : "string"));
      if (i < 30) {
        days.add(day(customer, i < 20 ? 60 : 10, isCamper ? "stove" : "ink"));
      }
    }
    days.add(day("c00", -3, "yacht"));
    days.add(day("looks", 5));
    return spark.createDataFrame(days, DAYS);
  }

  private static Row day(String customer, int daysAgo, String... products) {
    Map<String, Long> lines = new HashMap<>();
    for (String product : products) {
      lines.put(product, 1L);
    }
    return RowFactory.create(
        customer,
        Date.valueOf(AS_OF.minusDays(daysAgo)),
        scala.jdk.javaapi.CollectionConverters.asScala(lines));
  }

  @Test
  void offersWhatOthersWithTheSameProductsBought(SparkSession spark) {
    Offered offered = OfferProducts.offer(campersAndWriters(spark), AS_OF, RULES);

    Dataset<Row> offers = offered.offers().orElseThrow();
    assertThat(firstOffers(offers))
        .containsEntry("c34", "stove")
        .containsEntry("c35", "ink")
        .hasSize(40)
        .doesNotContainKey("looks")
        .doesNotContainValue("yacht");
    assertThat(offers.where("rank NOT IN (1, 2, 3) OR score NOT BETWEEN 0 AND 1").count()).isZero();
    assertThat(
            offers
                .join(
                    campersAndWriters(spark)
                        .selectExpr("customer_id", "explode(map_keys(products)) AS product_id"),
                    new String[] {"customer_id", "product_id"})
                .count())
        .as("offers of what the customer has")
        .isZero();
    assertThat(offered.reports())
        .filteredOn(row -> row.getString(2).equals("hit-rate"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(1)).isEqualTo(OfferProducts.MODEL);
              assertThat(row.getDouble(3)).isEqualTo(1);
              assertThat(row.getDouble(3)).isGreaterThanOrEqualTo(row.getDouble(4));
              assertThat(row.getLong(5)).isEqualTo(10);
            });
    assertThat(offered.reports())
        .allMatch(row -> row.length() == ModelReports.TABLE.schema().length());
  }

  @Test
  void alternatingLeastSquaresOfferWhatThoseBoughtWhoBuyAlike(SparkSession spark) {
    OfferRules als = RULES.with(new AlsRules(4, 10, 0.1, 10, 1_000, 1));

    Offered offered = OfferProducts.offer(campersAndWriters(spark), AS_OF, als);

    Dataset<Row> offers = offered.offers().orElseThrow();
    assertThat(firstOffers(offers))
        .containsEntry("c34", "stove")
        .containsEntry("c35", "ink")
        .hasSize(40)
        .doesNotContainValue("yacht");
    assertThat(offers.where("score NOT BETWEEN 0 AND 1").count()).isZero();
    assertThat(
            offers
                .join(
                    campersAndWriters(spark)
                        .selectExpr("customer_id", "explode(map_keys(products)) AS product_id"),
                    new String[] {"customer_id", "product_id"})
                .count())
        .as("offers of what the customer has")
        .isZero();
    assertThat(offered.reports())
        .filteredOn(row -> row.getString(2).equals("hit-rate"))
        .singleElement()
        .satisfies(row -> assertThat(row.getDouble(3)).isEqualTo(1))
        .satisfies(row -> assertThat(row.getString(6)).endsWith("3 offers by als"));
    AnyPartitioning.assertSame(
        campersAndWriters(spark),
        rows -> OfferProducts.offer(rows, AS_OF, als).offers().orElseThrow());
  }

  @Test
  void customerIsPlacedAsTheTrainingWouldPlaceThem() {
    // One dimension: (Σ y² + α Σ own y² + λ n) x = (1 + α) Σ own y.
    Companions companions = Companions.of(List.of(), PairCount::all, 1);
    Factors factors =
        new Factors(
            List.of("ink", "stove", "tent"),
            new double[][] {{-1}, {0.5}, {1}},
            new AlsRules(1, 1, 0.25, 3, 1_000, 1),
            companions);

    List<Companions.Offer> offers = factors.offers(List.of("tent"), 5);

    double place = 4 / (1 + 0.25 + 1 + 3 + 0.25);
    assertThat(offers).extracting(Companions.Offer::product).containsExactly("stove", "ink");
    assertThat(offers.get(0).score()).isCloseTo(0.5 * place, within(1e-12));
    assertThat(offers.get(1).score()).isZero();
    assertThat(factors.offers(List.of("yacht"), 5)).as("nothing known is owned").isEmpty();
  }

  @Test
  void placesAreThoseOfWhichNoStepMakesThePreferencesMissLess() {
    AlsRules rules = new AlsRules(2, 60, 0.1, 5, 1_000, 3);
    List<int[]> baskets = List.of(new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {2, 3});

    double[][] products = new LearnFactors(baskets, 4, rules).places();

    double[][] customers =
        baskets.stream().map(new Placing(products, rules)::of).toArray(double[][]::new);
    double least = missed(products, customers, baskets, rules);
    for (double[] place : customers) {
      for (int i = 0; i < place.length; i++) {
        for (double step : List.of(-1e-3, 1e-3)) {
          place[i] += step;
          assertThat(missed(products, customers, baskets, rules)).isGreaterThan(least);
          place[i] -= step;
        }
      }
    }
  }

  /** What is to be least, written out: weighed squares, and places times their regularisation. */
  private static double missed(
      double[][] products, double[][] customers, List<int[]> baskets, AlsRules rules) {
    double missed = 0;
    for (int c = 0; c < customers.length; c++) {
      for (int p = 0; p < products.length; p++) {
        int product = p;
        boolean bought = java.util.Arrays.stream(baskets.get(c)).anyMatch(b -> b == product);
        double preference = customers[c][0] * products[p][0] + customers[c][1] * products[p][1];
        missed += (bought ? 1 + rules.alpha() : 1) * Math.pow((bought ? 1 : 0) - preference, 2);
      }
      missed +=
          rules.regularisation()
              * baskets.get(c).length
              * (customers[c][0] * customers[c][0] + customers[c][1] * customers[c][1]);
    }
    return missed;
  }

  @Test
  void whereFewCanJudgeNothingIsOfferedAndWhereNothingIsSoldNothingIsSaid(SparkSession spark) {
    Dataset<Row> days = campersAndWriters(spark);

    Offered few = OfferProducts.offer(days, AS_OF, new OfferRules(7, 365, 28, 2, 2, 11));
    Offered none = OfferProducts.offer(days.where("customer_id = 'looks'"), AS_OF, RULES);

    assertThat(few.offers()).isEmpty();
    assertThat(few.refusal()).isEmpty();
    assertThat(few.reports())
        .singleElement()
        .satisfies(row -> assertThat(row.getString(6)).startsWith("only 10 customers"));
    assertThat(none.offers()).isEmpty();
    assertThat(none.reports()).isEmpty();
  }

  @Test
  void offersThatAreWorseThanTheBestSellersAreNotMade(SparkSession spark) {
    // Before, pens went with ink; in the days held back everybody buys the bag, which sells best.
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String customer = "c%02d".formatted(i);
      if (i < 12) {
        days.add(day(customer, 100, "pen", "ink"));
      } else if (i < 24) {
        days.add(day(customer, 100, "bag"));
      } else {
        days.add(day(customer, 100, "pen"));
        days.add(day(customer, 5, "bag"));
      }
    }
    Dataset<Row> all = spark.createDataFrame(days, DAYS);

    Offered offered = OfferProducts.offer(all, AS_OF, new OfferRules(7, 365, 28, 1, 2, 10));

    assertThat(offered.offers()).isEmpty();
    assertThat(offered.refusal().orElseThrow())
        .contains("0.0 % of customers, the best sellers for 100.0 %");
    assertThat(offered.reports()).hasSize(3);
  }

  @Test
  void countsAreThoseOfPlainLoopsAtAnyPartitioning(SparkSession spark) {
    Random random = new Random(7);
    Map<String, Map<String, Integer>> firsts = new TreeMap<>();
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String customer = "c" + random.nextInt(60);
      String product = "p" + random.nextInt(9);
      int daysAgo = random.nextInt(120);
      days.add(day(customer, daysAgo, product));
      firsts.computeIfAbsent(customer, key -> new TreeMap<>()).merge(product, daysAgo, Math::max);
    }
    Map<String, String> expected = new TreeMap<>();
    for (int left = 0; left < 9; left++) {
      for (int right = left; right < 9; right++) {
        String one = "p" + left;
        String other = "p" + right;
        long before =
            firsts.values().stream()
                .filter(has -> has.getOrDefault(one, 0) >= 28 && has.getOrDefault(other, 0) >= 28)
                .count();
        long all =
            firsts.values().stream()
                .filter(has -> has.containsKey(one) && has.containsKey(other))
                .count();
        if (all >= 2) {
          expected.put(one + other, before + " " + all);
        }
      }
    }
    Dataset<Row> all = spark.createDataFrame(days, DAYS);

    Map<String, String> counted = new TreeMap<>();
    CountTogether.counts(CountTogether.baskets(all, AS_OF, RULES), RULES).stream()
        .filter(each -> !each.left().equals(CountTogether.ANYTHING))
        .forEach(each -> counted.put(each.left() + each.right(), each.before() + " " + each.all()));

    assertThat(counted).isEqualTo(expected);
    AnyPartitioning.assertSame(
        campersAndWriters(spark),
        rows -> OfferProducts.offer(rows, AS_OF, RULES).offers().orElseThrow());
  }

  private static Map<String, String> firstOffers(Dataset<Row> offers) {
    Map<String, String> first = new TreeMap<>();
    offers
        .where(col(NextProducts.RANK).equalTo(lit(1)))
        .select(NextProducts.CUSTOMER_ID, NextProducts.PRODUCT_ID)
        .collectAsList()
        .forEach(row -> first.put(row.getString(0), row.getString(1)));
    return first;
  }
}
