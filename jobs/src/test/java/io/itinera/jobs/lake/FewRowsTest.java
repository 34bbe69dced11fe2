package io.itinera.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.SourceSettings;
import io.itinera.core.table.Table;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Few rows go into tables and come out of them without a Spark job, and Spark reads the same. */
@ExtendWith(SparkExtension.class)
class FewRowsTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

  @TempDir private Path home;

  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void makeLake(SparkSession session) {
    spark = session;
    lake = new Lake(spark, home.resolve("the lake, 100 %").toString());
  }

  @Test
  void allTypesComeBackAsSparkHasThem() {
    lake.create(RunStages.TABLE);
    lake.append(RunStages.TABLE, List.of(stage("r1", "ingest"), stage("r1", "rfm")));

    try (JobCount jobs = new JobCount(spark)) {
      assertThat(lake.rows(RunStages.TABLE))
          .extracting(row -> row.mkString("|"))
          .containsExactly(stage("r1", "ingest").mkString("|"), stage("r1", "rfm").mkString("|"));
      assertThat(jobs.count()).isZero();
    }
    assertThat(lake.bytesReadHere()).isGreaterThan(1_000L);
    assertThat(texts(delta(RunStages.TABLE))).isEqualTo(texts(lake.rows(RunStages.TABLE)));
    assertThat(lake.rows(RunStages.TABLE).get(0).<String, Long>getJavaMap(8))
        .isEqualTo(Map.of("evidence", 7L));
  }

  @Test
  void noneIsWrittenByJob() {
    lake.create(QualityChecks.TABLE);
    lake.create(SourceSettings.TABLE);

    try (JobCount jobs = new JobCount(spark)) {
      lake.append(QualityChecks.TABLE, List.of(check("r1")));
      lake.overwrite(SourceSettings.TABLE, List.of(settings("web", "a"), settings("web", "b")));
      lake.overwrite(SourceSettings.TABLE, List.of(settings("web", "b")));
      assertThat(jobs.count()).isZero();
    }
    assertThat(texts(delta(QualityChecks.TABLE))).containsExactly(check("r1").toString());
    assertThat(lake.read(SourceSettings.TABLE).count()).isOne();
    assertThat(lake.rowCount(SourceSettings.TABLE)).hasValue(1);
  }

  @Test
  void rowsOfSparkComeBackToo() {
    lake.create(LoadedFiles.TABLE);
    List<Row> rows = List.of(file("web", "a.csv"), file("web", "b.csv"));
    lake.append(LoadedFiles.TABLE, spark.createDataFrame(rows, LoadedFiles.TABLE.schema()));

    assertThat(lake.rows(LoadedFiles.TABLE, LoadedFiles.MODIFIED_AT, LoadedFiles.PATH))
        .containsExactlyInAnyOrder(
            RowFactory.create(Timestamp.from(NOON), "a.csv"),
            RowFactory.create(Timestamp.from(NOON), "b.csv"));
  }

  @Test
  void manySmallFilesBecomeOneAndNoRowIsLost() {
    lake.create(QualityChecks.TABLE);
    for (int run = 10; run < 50; run++) {
      lake.append(QualityChecks.TABLE, List.of(check("r" + run)));
    }

    assertThat(texts(delta(QualityChecks.TABLE))).hasSize(40).doesNotHaveDuplicates();
    assertThat(delta(QualityChecks.TABLE).get(0).size()).isEqualTo(7);
    assertThat(spark.read().format("delta").load(lake.path(QualityChecks.TABLE)).inputFiles())
        .hasSizeLessThan(33);
  }

  @Test
  void rowOfDeletedOnesIsNotReadThoughItsFileIs() {
    lake.create(QualityChecks.TABLE);
    lake.append(QualityChecks.TABLE, List.of(check("r1"), check("r2")));
    String table = "delta.`" + lake.path(QualityChecks.TABLE) + "`";
    spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)");
    spark.sql("DELETE FROM " + table + " WHERE run_id = 'r1'");
    lake.begin("test");

    assertThat(texts(lake.rows(QualityChecks.TABLE))).containsExactly(check("r2").toString());
  }

  @Test
  void missingValueAndRepeatedKeyAreRefused() {
    lake.create(SourceSettings.TABLE);

    assertThatThrownBy(() -> lake.append(SourceSettings.TABLE, List.of(settings(null, "a"))))
        .hasMessage("A row of table source_settings has no source");
    assertThatThrownBy(
            () ->
                lake.overwrite(
                    SourceSettings.TABLE, List.of(settings("web", "a"), settings("web", "a"))))
        .isInstanceOf(DuplicateKeyException.class);
    assertThat(lake.read(SourceSettings.TABLE).isEmpty()).isTrue();
  }

  private List<Row> delta(Table table) {
    return spark.read().format("delta").load(lake.path(table)).collectAsList();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  private static Row stage(String run, String stage) {
    return RowFactory.create(
        run,
        stage,
        Timestamp.from(NOON),
        Timestamp.from(NOON),
        "succeeded",
        1.5,
        3L,
        null,
        scala.jdk.javaapi.CollectionConverters.asScala(Map.of("evidence", 7L)),
        scala.jdk.javaapi.CollectionConverters.asScala(Map.<String, Long>of()),
        null,
        Date.valueOf("2026-01-31"),
        "hash",
        0.25,
        "basis",
        4_096L);
  }

  private static Row check(String run) {
    return RowFactory.create(run, "touchpoints", "rows", false, "1", null, "warning");
  }

  private static Row settings(String source, String fingerprint) {
    return RowFactory.create(source, fingerprint, Map.of("zone", "UTC"), "r1", null);
  }

  private static Row file(String source, String path) {
    return RowFactory.create(
        source, path, 3L, Timestamp.from(NOON), 1L, 1L, 0L, 0L, "r1", Timestamp.from(NOON), "s");
  }
}
