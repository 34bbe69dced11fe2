package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
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

  @Test
  void columnsThatAreNotTheTablesAreLeftOut(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark, warehouse.toString());
    lake.create(TABLE);

    lake.append(TABLE, wider(spark, "('a', DATE'2025-01-01')"));
    Staged staged = staged(lake, wider(spark, "('b', DATE'2025-01-02')"));
    lake.append(TABLE, staged, wider(spark, "('c', DATE'2025-01-03')"));

    assertThat(lake.readAll(TABLE).columns()).containsExactly(TABLE.schema().fieldNames());
    assertThat(lake.read(TABLE).count()).isEqualTo(3);
  }

  private static Staged staged(Lake lake, Dataset<Row> rows) {
    TaskFiles files = lake.files(TABLE, rows.schema());
    ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .foreachPartition(
            part -> {
              FilesOfTask ofTask = files.ofTask();
              part.forEachRemaining(ofTask::write);
              ofTask.end();
            });
    return lake.staged(files);
  }

  private static Dataset<Row> wider(SparkSession spark, String values) {
    return dates(spark, values).withColumn("other", lit(1));
  }

  @Test
  void runThatHasLostItsWarehouseCannotCommitAnyMore(SparkSession spark, @TempDir Path warehouse) {
    Lake paused = new Lake(spark, warehouse.toString());
    paused.create(TABLE);
    // It looked just before it was paused, and does not come to look again.
    paused.guardBy(new Fence(1, () -> {}));
    paused.append(TABLE, dates(spark, "('a', DATE'2025-01-01')"));
    Lake next = new Lake(spark, warehouse.toString());
    next.guardBy(new Fence(2, () -> {}));

    next.fenceOff(TABLE);
    assertThatThrownBy(() -> paused.append(TABLE, dates(spark, "('b', DATE'2025-01-01')")))
        .hasMessageContaining("it bears the number of a later run");
    assertThatThrownBy(() -> paused.replaceUnchecked(TABLE, Slice.ALL, next.read(TABLE)))
        .hasMessageContaining("it bears the number of a later run");
    next.append(TABLE, dates(spark, "('c', DATE'2025-01-01')"));

    assertThat(next.read(TABLE).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void nothingIsCommittedOnceTheWarehouseIsLost(SparkSession spark, @TempDir Path warehouse) {
    Lake lost = new Lake(spark, warehouse.toString());
    lost.create(TABLE);
    long before = lost.version(TABLE);
    lost.guardBy(
        new Fence(
            1,
            () -> {
              throw new IllegalStateException("lost");
            }));

    assertThatThrownBy(() -> lost.append(TABLE, dates(spark, "('b', DATE'2025-01-01')")))
        .hasMessage("lost");
    assertThatThrownBy(() -> TableHistory.of(lost, TABLE).restore(0)).hasMessage("lost");
    assertThat(lost.version(TABLE)).isEqualTo(before);
  }

  private static Dataset<Row> dates(SparkSession spark, String rows) {
    return spark.sql("SELECT * FROM VALUES " + rows + " AS t(touchpoint_id, event_date)");
  }
}
