package io.itinera.core.value;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.value.FitPurchases.Kind;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ValueTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
  private static final ValueRules RULES =
      new ValueRules(
          List.of(Kind.BG_NBD, Kind.PARETO_NBD), List.of(90, 365), List.of(90), 60, 0.5, 0.1, 50);

  @Test
  void ordersOfOneDayCountOnceAndThoseAfterAsOfNotAtAll(SparkSession spark) {
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | event_date | orders_count | order_value | refund_value
            ann         | 2024-01-01 | 2            | 10          | 0
            ann         | 2024-01-05 | 0            | 0           | -4
            ann         | 2024-02-10 | 1            | 20          | 0
            ann         | 2024-06-30 | 1            | 40          | 0
            ann         | 2024-07-01 | 1            | 99          | 0
            bob         | 2024-06-30 | 1            | 5           | 0
            cat         | 2024-07-01 | 1            | 5           | 0
            dan         | 2024-06-01 | 0            | 0           | 0
            """);

    assertRows(
        SumHistories.histories(days, AS_OF, RULES)
            .select("customer_id", "purchases", "last_days", "age_days", "mean_value"),
        """
        customer_id | purchases | last_days | age_days | mean_value
        ann         | 2         | 181       | 181      | 30.0
        bob         | 0         | 0         | 0        | 0.0
        """);
  }

  @Test
  void whatIsForetoldComesAndIsToldBesideTheNaiveGuess(SparkSession spark) {
    Dataset<Row> days = company(spark, 1_500, false);
    Dataset<Row> histories = SumHistories.histories(days, AS_OF, RULES).cache();
    List<Row> counts = SumHistories.counts(histories, AS_OF, RULES).collectAsList();
    Judged judged = JudgeModels.judge(counts, RULES);

    assertThat(judged.isValuable()).isTrue();
    assertThat(judged.isChurnTelling()).isTrue();
    assertThat(judged.refusals()).isEmpty();
    ModelReport rmse = report(judged, "orders-rmse");
    assertThat(rmse.value()).isLessThan(rmse.baseline());
    assertThat(report(judged, "orders-mape").value()).isLessThan(0.15);
    assertThat(report(judged, "revenue-mape").value()).isLessThan(0.2);
    assertThat(report(judged, "auc").value()).isGreaterThan(0.6);
    ModelReport lowest = report(judged, "calibration-01");
    assertThat(lowest.value()).isCloseTo(lowest.baseline(), within(0.12));

    List<Row> values =
        ScoreValue.values(histories, judged.scoring().orElseThrow(), AS_OF).collectAsList();
    assertThat(values).hasSize(2 * (int) histories.count());
    for (Row value : values) {
      double spend = value.<java.math.BigDecimal>getAs(CustomerValue.EXPECTED_SPEND).doubleValue();
      double clv = value.<java.math.BigDecimal>getAs(CustomerValue.CLV).doubleValue();
      assertThat(value.<Double>getAs(CustomerValue.P_ALIVE)).isBetween(0.0, 1.0);
      assertThat(clv).isBetween(spend * 0.45 - 1e-3, spend * 0.5 + 1e-3);
    }
    List<Row> churn =
        ScoreValue.churn(histories, judged.scoring().orElseThrow(), AS_OF, RULES).collectAsList();
    assertThat(churn)
        .allMatch(row -> row.<Double>getAs(ChurnScores.CHURN_PROBABILITY) <= 1)
        .anyMatch(row -> row.getList(row.fieldIndex(ChurnScores.TOP_REASONS)).size() == 2);
    histories.unpersist();
  }

  @Test
  void backFillSeesNoLaterData(SparkSession spark) {
    assertThat(counted(company(spark, 200, true)))
        .containsExactlyInAnyOrderElementsOf(counted(company(spark, 200, false)));
  }

  @Test
  void forecastThatMissesMoreThanTheNaiveGuessIsRefused(SparkSession spark) {
    // Like clockwork: the next ninety days are exactly as the last.
    int[] rhythms = {5, 6, 9, 10, 15, 18, 30, 45};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      for (int ago = 0; ago < 540; ago += rhythms[i % rhythms.length]) {
        LocalDate day = AS_OF.minusDays(ago);
        rows.add(day("c" + i, day, 10));
      }
    }
    Dataset<Row> days = spark.createDataFrame(rows, CustomerDays.TABLE.schema());

    Judged judged = JudgeModels.judge(counted(days), RULES);

    assertThat(report(judged, "orders-rmse").baseline()).isZero();
    assertThat(judged.isValuable()).isFalse();
    assertThat(judged.refusals().get(0)).startsWith("customer_value is not published: ");
  }

  @Test
  void forecastOfThreeTimesTheOrdersIsRefusedThoughItMissesLessPerCustomer(SparkSession spark)
      throws IOException {
    Path file = Path.of(System.getProperty("shared.data", ""), "rfm_orders/rfm_data_orders.csv");
    assumeTrue(Files.exists(file), "shared data is not there");
    Map<String, Row> rows = new TreeMap<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      LocalDate day = LocalDate.parse(cells[1]);
      rows.put(cells[0] + day, day(cells[0], day, Double.parseDouble(cells[2])));
    }
    LocalDate last = LocalDate.of(2006, 12, 31);
    List<Row> counts =
        SumHistories.counts(
                SumHistories.histories(
                    spark.createDataFrame(List.copyOf(rows.values()), CustomerDays.TABLE.schema()),
                    last,
                    RULES),
                last,
                RULES)
            .collectAsList();

    Judged judged = JudgeModels.judge(counts, RULES);

    assertThat(report(judged, "orders-rmse"))
        .satisfies(rmse -> assertThat(rmse.value()).isLessThan(rmse.baseline()));
    assertThat(report(judged, "orders-mape").value()).isGreaterThan(1.5);
    assertThat(judged.isValuable()).isFalse();
    assertThat(judged.refusals().get(0))
        .isEqualTo(
            "customer_value is not published: bg-nbd foretold 414 orders for the last 90 days, and"
                + " 142 came; it missed all of them by 191 %, the naive guess by 136 %");
    ValueRules patient =
        new ValueRules(
            RULES.models(),
            RULES.horizons(),
            RULES.holdOuts(),
            60,
            0.5,
            0.1,
            50,
            1_000,
            ReasonWords.ENGLISH);
    assertThat(JudgeModels.judge(counts, patient).isValuable()).isTrue();
  }

  private static List<Row> counted(Dataset<Row> days) {
    return SumHistories.counts(SumHistories.histories(days, AS_OF, RULES), AS_OF, RULES)
        .collectAsList();
  }

  private static ModelReport report(Judged judged, String metric) {
    return judged.reports().stream()
        .filter(report -> report.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  /** Customers who stop after one purchase in five. */
  private static Dataset<Row> company(SparkSession spark, int customers, boolean isLater) {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double rate = -Math.log(random.nextDouble()) / 25;
      double value = 20 + 60 * random.nextDouble();
      double at = random.nextInt(400);
      boolean stops = false;
      while (at < 700 && !stops) {
        LocalDate day = AS_OF.minusDays(450).plusDays((long) at);
        if (isLater || !day.isAfter(AS_OF)) {
          rows.add(day("c" + i, day, value * (0.7 + 0.6 * random.nextDouble())));
        } else {
          random.nextDouble();
        }
        stops = random.nextInt(5) == 0;
        at += 1 - Math.log(random.nextDouble()) / rate;
      }
    }
    return spark.createDataFrame(rows, CustomerDays.TABLE.schema());
  }

  private static Row day(String customer, LocalDate day, double value) {
    Object[] cells = new Object[CustomerDays.TABLE.schema().size()];
    cells[CustomerDays.TABLE.schema().fieldIndex(CustomerDays.CUSTOMER_ID)] = customer;
    cells[CustomerDays.TABLE.schema().fieldIndex(CustomerDays.EVENT_DATE)] = Date.valueOf(day);
    cells[CustomerDays.TABLE.schema().fieldIndex(CustomerDays.ORDERS_COUNT)] = 1L;
    cells[CustomerDays.TABLE.schema().fieldIndex(CustomerDays.ORDER_VALUE)] =
        java.math.BigDecimal.valueOf(value).setScale(4, java.math.RoundingMode.HALF_UP);
    return RowFactory.create(cells);
  }
}
