package io.itinera.core.attribution;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.table.CampaignCosts;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SumCostsTest {

  private static final String COSTS =
      """
      record_id | date       | marketing_channel | campaign | cost   | currency
      c1        | 2026-01-01 | paid_search       | spring   | 10     | EUR
      c2        | 2026-01-01 | paid_search       | spring   | 10     | USD
      c3        | 2026-01-04 | paid_search       | spring   | 10     | usd
      c4        | 2026-01-05 | paid_search       | spring   | 10     | USD
      c5        | 2026-01-05 | display           |          | 0.0001 | EUR
      c6        | 2026-01-05 | display           |          |        | GBP
      c7        | 2026-01-01 | social            |          | 7      | GBP
      """;

  @Test
  void linesInOtherCurrenciesCountAtTheRateOfTheirDay(SparkSession spark) {
    NavigableMap<LocalDate, BigDecimal> dollars =
        new TreeMap<>(
            Map.of(
                LocalDate.parse("2026-01-01"), new BigDecimal("0.9"),
                LocalDate.parse("2026-01-03"), new BigDecimal("0.8")));

    assertRows(
        SumCosts.sums(
            wholeRows(spark, CampaignCosts.TABLE, COSTS),
            "EUR",
            new ExchangeRates(Map.of("USD", dollars), 1)),
        """
        marketing_channel | campaign | cost    | unknown_count
        paid_search       | spring   | 27.0000 | 1
        display           |          | 0.0001  | 0
        social            |          |         | 1
        """);
  }

  @Test
  void withoutRatesOtherCurrenciesAreUnknown(SparkSession spark) {
    assertRows(
        SumCosts.sums(wholeRows(spark, CampaignCosts.TABLE, COSTS), "EUR", ExchangeRates.none())
            .where("campaign = 'spring'"),
        """
        cost    | unknown_count
        10.0000 | 3
        """);
  }
}
