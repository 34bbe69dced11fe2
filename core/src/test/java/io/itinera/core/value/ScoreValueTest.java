package io.itinera.core.value;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerValue;
import io.itinera.core.value.FitPurchases.Kind;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of many customers at once is what is said of each alone. */
@ExtendWith(SparkExtension.class)
class ScoreValueTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
  private static final GammaGamma SPEND = new GammaGamma(6.25, 3.74, 15.44, 30);
  private static final ValueRules RULES =
      new ValueRules(List.of(Kind.BG_NBD), List.of(90, 365), List.of(90), 60, 0.5, 0.1, 50);

  @ParameterizedTest
  @ValueSource(strings = {"bg-nbd", "pareto-nbd", "nbd"})
  void customersHaveTheValueThatTheModelsSayOfEach(String name, SparkSession spark) {
    PurchaseModel model =
        switch (name) {
          case BgNbd.NAME -> new BgNbd(0.243, 31, 0.793, 2.426);
          case ParetoNbd.NAME -> new ParetoNbd(0.553, 74, 0.606, 81);
          default -> new Nbd(0.4, 60);
        };
    ScoreCustomer scoring = new ScoreCustomer(new Valuation(model, SPEND, 0.9, 2.5), RULES);
    Dataset<Row> histories = histories(spark);

    List<Row> values =
        ScoreValue.values(histories, scoring, AS_OF)
            .join(histories, CustomerValue.CUSTOMER_ID)
            .collectAsList();

    assertThat(values).hasSize(2 * (int) histories.count());
    for (Row row : values) {
      int purchases = row.getAs(SumHistories.PURCHASES);
      int last = row.getAs(SumHistories.LAST);
      int age = row.getAs(SumHistories.AGE);
      int horizon = row.getAs(CustomerValue.HORIZON_DAYS);
      double orders = model.purchases(purchases, last, age, horizon);
      double value = SPEND.expected(purchases, row.getAs(SumHistories.MEAN)) * 0.9;
      assertThat(row.<Double>getAs(CustomerValue.P_ALIVE))
          .isEqualTo(model.alive(purchases, last, age));
      assertThat(row.<Double>getAs(CustomerValue.EXPECTED_ORDERS)).isEqualTo(orders);
      assertThat(row.<BigDecimal>getAs(CustomerValue.EXPECTED_SPEND))
          .isEqualByComparingTo(money(orders * value));
      assertThat(row.<BigDecimal>getAs(CustomerValue.CLV))
          .isEqualByComparingTo(money(discounted(model, row) * value * RULES.margin()));
    }
  }

  private static double discounted(PurchaseModel model, Row row) {
    int horizon = row.getAs(CustomerValue.HORIZON_DAYS);
    int purchases = row.getAs(SumHistories.PURCHASES);
    int age = row.getAs(SumHistories.AGE);
    double before = 0;
    double all = 0;
    for (int from = 0; from < horizon; from += 30) {
      int to = Math.min(horizon, from + 30);
      double orders = model.purchasesIfAlive(purchases, age, to);
      all += (orders - before) * Math.pow(1.1, -(from + to) / 2.0 / 365.25);
      before = orders;
    }
    return row.<Double>getAs(CustomerValue.P_ALIVE) * all;
  }

  private static BigDecimal money(double amount) {
    return BigDecimal.valueOf(amount).setScale(4, RoundingMode.HALF_UP);
  }

  @Test
  void reasonsNameSilenceAndFewOrders(SparkSession spark) {
    ScoreCustomer scoring =
        new ScoreCustomer(new Valuation(new BgNbd(0.243, 31, 0.793, 2.426), SPEND, 1, 2.5), RULES);

    assertRows(
        ScoreValue.churn(
                histories(spark).where("customer_id IN ('c1', 'c2')"), scoring, AS_OF, RULES)
            .selectExpr(
                "customer_id",
                "round(churn_probability, 4) AS churn",
                "top_reasons[0] AS first",
                "top_reasons[1] AS second"),
        """
        customer_id | churn  | first                                                 | second
        c1          | 0.6459 | only 2 orders, 4 are usual of those who come back     | no order for 13 days, usually every 37
        c2          | 0.5864 | only 3 orders, 4 are usual of those who come back     | no order for 26 days, usually every 37
        """);
  }

  /** Of every kind: who bought once, today, long ago, often, and without any value. */
  private static Dataset<Row> histories(SparkSession spark) {
    return spark
        .range(400)
        .selectExpr(
            "concat('c', id) AS customer_id",
            "CAST(id % 7 AS INT) AS purchases",
            "CAST(IF(id % 7 = 0, 0, pmod(id * 37, 300)) AS INT) AS last_days",
            "CAST(IF(id % 7 = 0, pmod(id * 11, 300), pmod(id * 37, 300) + pmod(id * 13, 90)) AS"
                + " INT) AS age_days",
            "IF(id % 7 = 0, 0D, 5 + id / 7) AS mean_value");
  }
}
