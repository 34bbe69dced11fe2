package io.itinera.core.segment;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FindBorderTest {

  private static Object border(SparkSession spark, String share, Long... values) {
    return FindBorder.border(
            spark.createDataset(Arrays.asList(values), Encoders.LONG()).toDF("v").repartition(3),
            col("v"),
            new BigDecimal(share))
        .first()
        .get(0);
  }

  @Test
  void highestTenthOfTenIsOne(SparkSession spark) {
    assertThat(border(spark, "0.9", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)).isEqualTo(10L);
    // A share that no double holds exactly: 7 of 10 have less than 8.
    assertThat(border(spark, "0.7", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)).isEqualTo(8L);
    assertThat(border(spark, "0.71", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)).isEqualTo(9L);
  }

  @Test
  void whoTiesIsNotParted(SparkSession spark) {
    // Two of six have less than 3, four of six less than 4: the three with 3 stand below a half.
    assertThat(border(spark, "0.5", 1L, 2L, 3L, 3L, 3L, 4L)).isEqualTo(4L);
    assertThat(border(spark, "0.3", 1L, 2L, 3L, 3L, 3L, 4L)).isEqualTo(3L);
    assertThat(border(spark, "0.5", 3L, 3L, 3L)).isNull();
  }

  @Test
  void whatIsMissingDoesNotCount(SparkSession spark) {
    assertThat(border(spark, "0.5", 1L, null, null, 2L)).isEqualTo(2L);
    assertThat(border(spark, "0.5", (Long) null)).isNull();
  }

  @Test
  void agreesWithCountingWhoHasLess(SparkSession spark) {
    Random random = new Random(4);
    for (int round = 0; round < 6; round++) {
      List<Long> values = new ArrayList<>();
      for (int i = random.nextInt(1, 40); i > 0; i--) {
        values.add(random.nextLong(12));
      }
      BigDecimal share = BigDecimal.valueOf(5L * random.nextInt(1, 20), 2);
      BigDecimal least = share.multiply(BigDecimal.valueOf(values.size()));
      Long expected =
          values.stream()
              .filter(
                  value ->
                      BigDecimal.valueOf(values.stream().filter(v -> v < value).count())
                              .compareTo(least)
                          >= 0)
              .min(Long::compare)
              .orElse(null);
      assertThat(border(spark, share.toPlainString(), values.toArray(Long[]::new)))
          .as("%s of %s", share, values)
          .isEqualTo(expected);
    }
  }
}
