package io.itinera.core.raw;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class LongEmailTest {

  @Test
  void anyNumberOfDotsIsNoReasonToDie(SparkSession spark) {
    assertThat(
            spark
                .range(2)
                .selectExpr("concat('a@b', repeat('.c', 50000), if(id = 0, '@', '')) AS text")
                .select(NormaliseIdentifiers.email(col("text")).isNull())
                .collectAsList())
        .extracting((Row row) -> row.getBoolean(0))
        .containsExactly(true, false);
  }
}
