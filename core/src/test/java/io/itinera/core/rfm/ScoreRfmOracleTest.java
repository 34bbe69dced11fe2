package io.itinera.core.rfm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmScores;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Compares the scores of real customers with a plain loop that is easy to trust. */
@ExtendWith(SparkExtension.class)
class ScoreRfmOracleTest {

  private static final LocalDate AS_OF = LocalDate.of(2006, 12, 31);
  private static final int WINDOW_DAYS = 700;

  private record Order(String customer, LocalDate day, BigDecimal value) {}

  private record Totals(long recency, long frequency, BigDecimal monetary) {}

  @Test
  void agreesWithPlainLoopOnRealOrdersAtAnyPartitioning(SparkSession spark) {
    Dataset<Row> orders = orders(spark);
    Dataset<Row> days =
        orders
            .groupBy(CustomerDays.CUSTOMER_ID, CustomerDays.EVENT_DATE)
            .agg(
                count(lit(1)).as(CustomerDays.ORDERS_COUNT),
                sum("value").cast("decimal(18,4)").as(CustomerDays.ORDER_VALUE),
                lit(0).cast("decimal(18,4)").as(CustomerDays.REFUND_VALUE));
    Dataset<Row> none = spark.createDataFrame(List.of(), RfmScores.TABLE.schema());
    RfmRules rules = RfmExamples.quintiles(WINDOW_DAYS);

    List<Row> scores = ScoreRfm.scores(days, none, AS_OF, rules).collectAsList();

    Map<String, String> found = scores.stream().collect(toMap(ScoreRfmOracleTest::id, this::print));
    assertThat(found).hasSizeGreaterThan(500).isEqualTo(expected(orders));
    AnyPartitioning.assertSame(days, rows -> ScoreRfm.scores(rows, none, AS_OF, rules));
  }

  private static Dataset<Row> orders(SparkSession spark) {
    Path file = Path.of(System.getProperty("shared.data", ""), "rfm_orders/rfm_data_orders.csv");
    assumeTrue(Files.exists(file), () -> "no real orders at " + file);
    return spark
        .read()
        .option("header", true)
        .csv(file.toString())
        .select(
            col("customer_id"),
            col("order_date").cast("date").as(CustomerDays.EVENT_DATE),
            col("revenue").cast("decimal(18,4)").as("value"));
  }

  private static Map<String, String> expected(Dataset<Row> rows) {
    Map<String, List<Order>> orders =
        rows.collectAsList().stream()
            .map(r -> new Order(r.getString(0), r.getDate(1).toLocalDate(), r.getDecimal(2)))
            .filter(order -> order.day().isAfter(AS_OF.minusDays(WINDOW_DAYS)))
            .filter(order -> !order.day().isAfter(AS_OF))
            .collect(groupingBy(Order::customer));
    Map<String, Totals> totals =
        orders.entrySet().stream().collect(toMap(Map.Entry::getKey, e -> totals(e.getValue())));
    return totals.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, e -> expected(e.getValue(), totals)));
  }

  private static Totals totals(List<Order> orders) {
    LocalDate last = orders.stream().map(Order::day).max(LocalDate::compareTo).orElseThrow();
    BigDecimal value = orders.stream().map(Order::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Totals(ChronoUnit.DAYS.between(last, AS_OF), orders.size(), value);
  }

  private static String expected(Totals own, Map<String, Totals> all) {
    long better =
        all.values().stream().filter(t -> t.monetary().compareTo(own.monetary()) > 0).count();
    boolean isVip = better * 20 < all.size();
    String orderClass =
        own.frequency() >= 6 ? "loyal" : own.frequency() >= 3 ? "frequent" : "occasional";
    return "%d%d%d %s"
        .formatted(
            score(own, all, t -> BigDecimal.valueOf(-t.recency())),
            score(own, all, t -> BigDecimal.valueOf(t.frequency())),
            score(own, all, Totals::monetary),
            isVip ? "vip" : orderClass);
  }

  private static long score(Totals own, Map<String, Totals> all, Function<Totals, BigDecimal> of) {
    long worse =
        all.values().stream().filter(t -> of.apply(t).compareTo(of.apply(own)) < 0).count();
    return 1 + 5 * worse / all.size();
  }

  private static String id(Row score) {
    return score.getAs(RfmScores.CUSTOMER_ID);
  }

  private String print(Row score) {
    return score.getAs(RfmScores.RFM_CELL) + " " + score.getAs(RfmScores.PURCHASE_FREQUENCY_CLASS);
  }
}
