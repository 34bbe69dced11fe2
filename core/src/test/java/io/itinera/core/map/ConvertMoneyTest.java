package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ConvertMoneyTest {

  private static final String SALES =
      """
      id | at         | type      | amount | fee | money
      1  | 2026-01-02 | purchase  | 10     |     | USD
      2  | 2026-01-03 | purchase  | 10     | 1   | usd
      3  | 2026-01-05 | refund    | 10     |     | USD
      4  | 2026-01-07 | purchase  | 10     |     | USD
      5  | 2026-01-01 | purchase  | 10     |     | USD
      6  | 2026-01-02 | purchase  | 10     |     | CHF
      7  | 2026-01-02 | purchase  | 10     | 2   | EUR
      8  | 2026-01-02 | purchase  | 10     |     |
      9  | 2026-01-02 | page_view |        |     | XXX
      10 | 2026-01-02 | call      |        | 1   | CHF
      """;

  @Test
  void amountsAreWorthWhatTheRateOfTheirDaySays(SparkSession spark) {
    // The first holds until the second, that for two days more.
    ExchangeRates rates = rates(2, "2026-01-02", "0.9", "2026-01-04", "0.92345678");

    assertRows(
        sales(spark, rates),
        """
        position | reason           | value    | cost   | currency
        1        |                  | 9.0000   |        | USD
        2        |                  | 9.0000   | 0.9000 | usd
        3        |                  | -9.2346  |        | USD
        4        | unknown-currency |          |        |
        5        | unknown-currency |          |        |
        6        | unknown-currency |          |        |
        7        |                  | 10.0000  | 2.0000 | EUR
        8        |                  | 10.0000  |        |
        9        |                  |          |        | XXX
        10       |                  |          |        | CHF
        """);
  }

  @Test
  void rateOfNoAgeHoldsOnItsOwnDayOnly(SparkSession spark) {
    assertRows(
        sales(spark, rates(0, "2026-01-02", "0.9")).where("position in (1, 2)"),
        """
        position | reason           | value
        1        |                  | 9.0000
        2        | unknown-currency |
        """);
  }

  @Test
  void withoutRatesAmountsInOtherCurrenciesAreRejected(SparkSession spark) {
    Dataset<Row> sales = sales(spark, new ExchangeRates(Map.of(), 0));

    assertRows(
        sales.where("position > 5"),
        """
        position | reason           | value
        6        | unknown-currency |
        7        |                  | 10.0000
        8        |                  | 10.0000
        9        |                  |
        10       |                  |
        """);
    assertThat(sales.where("position = 6").head().<String>getAs("detail"))
        .isEqualTo("There is no exchange rate for CHF into EUR on its day.");
  }

  @Test
  void otherRatesAreNoOtherContent(SparkSession spark) {
    ExchangeRates before = rates(9, "2026-01-01", "0.9");
    ExchangeRates after = rates(9, "2026-01-01", "0.8");

    assertThat(hashes(sales(spark, before))).isEqualTo(hashes(sales(spark, after)));
  }

  private static Object hashes(Dataset<Row> sales) {
    return sales.orderBy("position").select("record_hash").collectAsList();
  }

  private static ExchangeRates rates(int maxAgeDays, String... dollars) {
    TreeMap<LocalDate, BigDecimal> days = new TreeMap<>();
    for (int i = 0; i < dollars.length; i += 2) {
      days.put(LocalDate.parse(dollars[i]), new BigDecimal(dollars[i + 1]));
    }
    return new ExchangeRates(Map.of("USD", days), maxAgeDays);
  }

  private static Dataset<Row> sales(SparkSession spark, ExchangeRates rates) {
    SourceRules source =
        new SourceBuilder("till")
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at",
                    "at",
                    "type",
                    "type",
                    "value",
                    "amount",
                    "cost",
                    "fee",
                    "currency",
                    "money"),
                Map.of("u", "id"))
            .build();
    return MapRecords.candidates(
            RawText.records(spark, "/till/a.csv", SALES),
            source,
            rules(rates),
            Instant.parse("2026-05-31T22:00:00Z"))
        .select(col("position"), col("reason"), col("detail"), col("touchpoint.*"));
  }

  private static LoadingRules rules(ExchangeRates rates) {
    LoadingRules rules = SourceBuilder.rules();
    return rules.with(rates);
  }
}
