package io.itinera.jobs.lake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDates;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LakeTest {

  private static final Table TABLE = TouchpointDates.TABLE;

  @Test
  void keyThatIsThereTwiceIsRefused(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark, warehouse.toString());
    lake.create(TABLE);

    lake.overwrite(TABLE, dates(spark, "('a', DATE'2025-01-01'), ('b', DATE'2025-01-01')"));
    assertThatCode(lake::requireUniqueKeys).doesNotThrowAnyException();

    lake.overwrite(TABLE, dates(spark, "('a', DATE'2025-01-01'), ('a', DATE'2025-01-02')"));
    assertThatThrownBy(lake::requireUniqueKeys)
        .isInstanceOf(DuplicateKeyException.class)
        .hasMessage(
            "Cannot store into touchpoint_dates: [touchpoint_id] must be unique, but repeats, e.g."
                + " [[a,2]]. What the stage wrote is taken back.");
  }

  private static Dataset<Row> dates(SparkSession spark, String rows) {
    return spark.sql("SELECT * FROM VALUES " + rows + " AS t(touchpoint_id, event_date)");
  }
}
