package io.itinera.core.rule;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.expr;

import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MoneyTest {

  @Test
  void sumBeyondTheLargestAmountIsShownAsThat(SparkSession spark) {
    assertRows(
        spark
            .range(1, 6)
            .select(
                expr("id"),
                Money.of(
                        expr(
                            "CASE id WHEN 1 THEN 99999999999999.9999 WHEN 2 THEN 100000000000000"
                                + " WHEN 3 THEN -1e20BD WHEN 4 THEN 1.5 END"))
                    .as("shown")),
        """
        id | shown
        1  | 99999999999999.9999
        2  | 99999999999999.9999
        3  | -99999999999999.9999
        4  | 1.5000
        5  |
        """);
  }
}
