package io.itinera.core.spark;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.rule.BusinessHours;
import io.itinera.testing.SparkExtension;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BusinessTimeTest {

  private static final BusinessHours OFFICE =
      new BusinessHours(
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          9 * 3_600,
          17 * 3_600,
          Set.of(),
          ZoneOffset.UTC);

  @Test
  void expressionAsksForBusinessSeconds(SparkSession spark) {
    Dataset<Row> cases =
        spark.sql(
            """
            SELECT * FROM VALUES
              ('friday to monday', TIMESTAMP'2026-01-09 16:00:00', map('replied', '2026-01-12 09:30:00')),
              ('not replied', TIMESTAMP'2026-01-09 16:00:00', map()),
              ('no time', TIMESTAMP'2026-01-09 16:00:00', map('replied', 'soon')),
              ('backwards', TIMESTAMP'2026-01-09 16:00:00', map('replied', '2026-01-09 15:00:00'))
              AS cases (name, occurred_at, properties)
            """);
    String minutes = "Business_Seconds(occurred_at, try_to_timestamp(properties['replied'])) / 60";

    assertRows(
        cases.withColumn("minutes", BusinessTime.over(minutes, OFFICE)).select("name", "minutes"),
        """
        name             | minutes
        friday to monday | 90.0
        not replied      |
        no time          |
        backwards        |
        """);
  }

  @Test
  void anythingButStartAndEndIsRefused() {
    assertThatThrownBy(() -> BusinessTime.over("business_seconds(occurred_at)", OFFICE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The function is called as business_seconds(start, end)");
  }
}
