package io.itinera.core.spark;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RoundToMoneyTest {

  @Test
  void doublesBecomeAmountsWhoseHalvesGoAwayFromZero(SparkSession spark) {
    assertRows(
        spark
            .range(1, 10)
            .select(
                expr("id"),
                RoundToMoney.of(
                        expr(
                            "CASE id WHEN 1 THEN 0.00005D WHEN 2 THEN -0.00005D"
                                + " WHEN 3 THEN 0.00004999999D WHEN 4 THEN 1.23455D"
                                + " WHEN 5 THEN 99999999999999.99D WHEN 6 THEN 1e300D"
                                + " WHEN 7 THEN double('-Infinity') WHEN 8 THEN double('NaN') END"))
                    .as("amount")),
        """
        id | amount
        1  | 0.0001
        2  | -0.0001
        3  | 0.0000
        4  | 1.2346
        5  | 99999999999999.9800
        6  | 99999999999999.9999
        7  | -99999999999999.9999
        8  |
        9  |
        """);
  }

  @Test
  void amountsHaveTheDigitsOfTheNumberAsItIsWritten() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      double near = Math.round(random.nextDouble() * Math.pow(10, random.nextInt(14))) / 20_000.0;
      double amount = i % 2 == 0 ? Math.nextAfter(near, random.nextGaussian()) : near;
      double signed = random.nextBoolean() ? amount : -amount;

      BigDecimal written = new BigDecimal(Double.toString(signed));

      assertThat(RoundToMoney.rounded(signed).toJavaBigDecimal())
          .as("%s", signed)
          .isEqualByComparingTo(written.setScale(4, RoundingMode.HALF_UP));
    }
  }
}
