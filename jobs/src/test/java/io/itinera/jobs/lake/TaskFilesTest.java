package io.itinera.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.testing.SparkExtension;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TaskFilesTest {

  private static final Table TABLE = TouchpointSessions.TABLE;

  @TempDir private Path warehouse;
  private SparkSession spark;
  private Lake lake;
  private TaskFiles files;

  @BeforeEach
  void makeTable(SparkSession session) {
    spark = session;
    lake = new Lake(spark, warehouse.toString());
    lake.create(TABLE);
    files = lake.files(TABLE, TABLE.schema());
  }

  @Test
  void rowsOfTasksAreOfTheTableOnceTheyAreCommitted() {
    inTask(
        task -> {
          task.write(0, row("a", "s"));
          task.write(1, row("b", "s"));
          task.write(0, row("c", "s"));
          task.end();
          return true;
        });
    Staged staged = lake.staged(files);

    assertThat(staged.files())
        .extracting(NewFile::partition, NewFile::rows)
        .containsExactlyInAnyOrder(
            tuple(Map.of("event_date", "1970-01-01"), 2L),
            tuple(Map.of("event_date", "1970-01-02"), 1L));
    assertThat(lake.read(TABLE).count()).isZero();
    lake.append(TABLE, staged);
    assertThat(lake.read(TABLE).collectAsList())
        .extracting(each -> each.getString(0) + " " + each.getDate(1))
        .containsExactlyInAnyOrder("a 1970-01-01", "b 1970-01-02", "c 1970-01-01");
  }

  @Test
  void dayForWhichThereIsNoRoomIsNotWritten() {
    boolean isWritten =
        inTask(
            task -> {
              writeAsManyDaysAsMayBeOpen(task);
              boolean isOneMore = task.write(FilesOfTask.MOST_OPEN, row("more", "s"));
              task.end();
              return isOneMore;
            });

    assertThat(isWritten).isFalse();
    assertThat(lake.staged(files).files()).hasSize(FilesOfTask.MOST_OPEN);
  }

  @Test
  void dayThatIsOverMakesRoomForTheNext() {
    boolean isWritten =
        inTask(
            task -> {
              writeAsManyDaysAsMayBeOpen(task);
              for (int i = 0; i < FilesOfTask.IDLE_ROWS; i++) {
                task.write(FilesOfTask.MOST_OPEN - 1, row("last", "s"));
              }
              boolean isNext = task.write(FilesOfTask.MOST_OPEN, row("next", "s"));
              task.write(0, row("late", "s"));
              task.end();
              return isNext;
            });

    assertThat(isWritten).isTrue();
    lake.append(TABLE, lake.staged(files));
    assertThat(lake.read(TABLE).where("event_date = DATE'1970-01-01'").collectAsList())
        .extracting(each -> each.getString(0))
        .containsExactlyInAnyOrder("0", "late");
    assertThat(lake.read(TABLE).count())
        .isEqualTo(FilesOfTask.MOST_OPEN + FilesOfTask.IDLE_ROWS + 2);
  }

  @Test
  void rowWithoutWhatTheTablePromisesIsRefused() {
    assertThatThrownBy(() -> inTask(task -> task.write(0, row("a", null))))
        .hasMessageContaining("A row of table touchpoint_sessions has no session_id");
  }

  @Test
  void filesOfTaskThatDidNotEndAreNotThere() {
    assertThatThrownBy(
            () ->
                inTask(
                    task -> {
                      task.write(0, row("a", "s"));
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessageContaining("half-way");

    assertThat(lake.staged(files).areNone()).isTrue();
  }

  private interface Work extends Serializable {
    boolean in(FilesOfTask task);
  }

  private boolean inTask(Work work) {
    TaskFiles here = files;
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(1), 1)
        .map(one -> work.in(here.ofTask()))
        .collect()
        .get(0);
  }

  private static void writeAsManyDaysAsMayBeOpen(FilesOfTask task) {
    for (int day = 0; day < FilesOfTask.MOST_OPEN; day++) {
      assertThat(task.write(day, row(Integer.toString(day), "s"))).isTrue();
    }
  }

  private static InternalRow row(String id, String session) {
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(id), UTF8String.fromString(session)});
  }
}
