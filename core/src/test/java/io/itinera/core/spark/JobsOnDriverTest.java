package io.itinera.core.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class JobsOnDriverTest {

  private SparkSession spark;

  @BeforeEach
  void wantThem(SparkSession session) {
    spark = session.newSession();
    spark.conf().set(JobsOnDriver.IS_WANTED, "true");
  }

  @Test
  void jobOfOneTaskIsDoneByTheThreadThatAsks() {
    assertThat(threads(numbers(4, 1))).containsOnly(Thread.currentThread().getName());
  }

  @Test
  void jobsOfSeveralTasksAndJobsThatShuffleAreSent() {
    assertThat(threads(numbers(4, 2))).noneMatch(Thread.currentThread().getName()::equals);
    assertThat(threads(numbers(4, 2).repartition(1)))
        .noneMatch(Thread.currentThread().getName()::equals);
  }

  @Test
  void jobsOfASessionThatDoesNotSaySoAreSent() {
    spark.conf().unset(JobsOnDriver.IS_WANTED);

    assertThat(threads(numbers(4, 1))).noneMatch(Thread.currentThread().getName()::equals);
  }

  @Test
  void failureIsWhatItWasAndLeavesNothingBehind() {
    Queue<String> ended = new ConcurrentLinkedQueue<>();
    Dataset<Long> broken =
        numbers(4, 1)
            .mapPartitions(
                (MapPartitionsFunction<Long, Long>)
                    rows -> {
                      TaskContext.get()
                          .addTaskCompletionListener(
                              (TaskCompletionListener)
                                  task -> ended.add("failed: " + task.isFailed()));
                      throw new IllegalStateException("the fourth is missing");
                    },
                Encoders.LONG());

    assertThatThrownBy(broken::collectAsList)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the fourth is missing");
    assertThat(ended).containsExactly("failed: true");
    assertThat(TaskContext.get()).isNull();
    assertThat(SparkEnv.get().memoryManager().executionMemoryUsed()).isZero();
    assertThat(numbers(4, 1).count()).isEqualTo(4);
  }

  @Test
  void whatItTookIsTold(@TempDir Path folder) throws TimeoutException {
    String files = folder.resolve("numbers").toString();
    Queue<JobOnDriverEnd> ends = new ConcurrentLinkedQueue<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onOtherEvent(SparkListenerEvent event) {
            if (event instanceof JobOnDriverEnd end && end.lane().equals("numbers")) {
              ends.add(end);
            }
          }
        };
    spark.sparkContext().addSparkListener(listener);
    spark.sparkContext().setLocalProperty(JobsOnDriver.LANE, "numbers");
    try {
      numbers(7, 1).write().parquet(files);
      spark.conf().set("spark.sql.leafNodeDefaultParallelism", "1");
      assertThat(spark.read().schema("id LONG").parquet(files).where("id > 2").collectAsList())
          .hasSize(4);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().setLocalProperty(JobsOnDriver.LANE, null);
      spark.sparkContext().removeSparkListener(listener);
    }

    assertThat(ends).extracting(JobOnDriverEnd::rowsWritten).containsExactly(7L, 0L);
    assertThat(ends).extracting(JobOnDriverEnd::rowsRead).last().isEqualTo(7L);
    assertThat(ends).last().matches(end -> end.bytesRead() > 0 && end.cpuNanos() > 0);
  }

  @Test
  void rowsThatAreHeldAreComputedOnce() {
    Dataset<Row> held = HoldRows.of(numbers(4, 1).select(expr("id"), expr("uuid() AS drawn")));

    assertThat(held.collectAsList()).isEqualTo(held.collectAsList()).hasSize(4);
  }

  @Test
  void whatWasSortedHereCanBeSentAsAPartOfALargerPlan() {
    Dataset<Row> ranked =
        numbers(3, 1).selectExpr("id", "row_number() OVER (ORDER BY id DESC) AS rank");
    Dataset<Row> joined = numbers(4, 2).join(broadcast(ranked), "id");

    assertThat(joined.sort("id").collectAsList())
        .extracting(row -> row.getInt(1))
        .containsExactly(3, 2, 1);
  }

  @Test
  void whatWasSortedHereCanBeSentWhenItIsAskedForAgain() {
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    Dataset<Row> ranked =
        numbers(3, 1).selectExpr("id", "row_number() OVER (ORDER BY id DESC) AS rank");
    assertThat(ranked.collectAsList()).hasSize(3);

    spark.conf().unset(JobsOnDriver.IS_WANTED);

    assertThat(ranked.collectAsList()).hasSize(3);
  }

  @Test
  void whatAnExpressionRemembersIsNotMixedUpBetweenThreads() {
    // It keeps the last pattern, and the text that it builds.
    Dataset<Row> replaced =
        numbers(200, 1)
            .select(
                col("id"),
                expr("regexp_replace(id || '-' || id, cast(id AS string), 'n' || id) AS text"));
    List<String> expected =
        LongStream.range(0, 200).mapToObj(id -> "n%d-n%d".formatted(id, id)).toList();

    assertThat(IntStream.range(0, 20).parallel().mapToObj(i -> texts(replaced)))
        .allSatisfy(texts -> assertThat(texts).isEqualTo(expected));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.select("text").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private Dataset<Long> numbers(int count, int tasks) {
    return spark.range(0, count, 1, tasks).as(Encoders.LONG());
  }

  private static List<String> threads(Dataset<Long> numbers) {
    return numbers
        .map(
            (MapFunction<Long, String>) number -> Thread.currentThread().getName(),
            Encoders.STRING())
        .collectAsList();
  }
}
