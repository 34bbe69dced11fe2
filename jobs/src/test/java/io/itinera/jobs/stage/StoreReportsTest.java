package io.itinera.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.ModelReports;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two stages report of the same nights. */
@ExtendWith(SparkExtension.class)
class StoreReportsTest {

  private static final LocalDate SUNDAY = LocalDate.of(2026, 1, 4);
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
  private static final Predicate<String> PERSONAS = "personas"::equals;

  @Test
  void eachStageReplacesItsOwnOnly(SparkSession spark, @TempDir Path home) {
    Lake lake = new Lake(spark, home.toString());
    lake.create(ModelReports.TABLE);

    StoreReports.replace(
        lake, List.of(SUNDAY, MONDAY), PERSONAS, List.of(row(SUNDAY, "personas", 5)));
    StoreReports.replace(
        lake, List.of(SUNDAY), PERSONAS.negate(), List.of(row(SUNDAY, "bg/nbd", 1)));
    StoreReports.replace(
        lake, List.of(SUNDAY, MONDAY), PERSONAS, List.of(row(SUNDAY, "personas", 6)));

    assertThat(lake.read(ModelReports.TABLE).collectAsList())
        .extracting(row -> row.getDate(0) + " " + row.getString(1) + " " + row.getDouble(3))
        .containsExactlyInAnyOrder("2026-01-04 bg/nbd 1.0", "2026-01-04 personas 6.0");
  }

  private static Row row(LocalDate night, String model, double value) {
    return RowFactory.create(Date.valueOf(night), model, "count", value, null, 10L, null);
  }
}
