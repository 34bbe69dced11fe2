package io.itinera.jobs.lake;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.night.WorkMode;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lake writes Spark and Delta can read, and the other way round. */
@ExtendWith(SparkExtension.class)
class LakeFilesTest {

  private static final Table VISITS =
      Table.of(
              "visits",
              "one row per visit",
              required("visit_id", StringType, "the visit"),
              required("event_date", DateType, "its day"),
              optional("visitor", StringType, "who came"),
              optional("pages", LongType, "how many pages were seen"))
          .keyedBy("visit_id")
          .partitionedBy("event_date");

  private static final String TWO_DAYS =
      "('a', DATE'2025-01-01', 'ann@example.org', 3L), ('b', DATE'2025-01-02', NULL, NULL)";

  private static final Table PEOPLE =
      Table.of(
              "people",
              "one row per person",
              required("person_id", StringType, "the person"),
              optional("name", StringType, "as spoken"))
          .keyedBy("person_id");

  private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

  @TempDir private Path home;

  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void makeTable(SparkSession session) {
    spark = session;
    lake = new Lake(spark, home.resolve("the lake, 100 %").toString());
    lake.create(VISITS);
  }

  @Test
  void deltaReadsWhatWasWritten() {
    lake.append(VISITS, visits(TWO_DAYS));
    lake.replace(
        VISITS,
        Slice.of(VISITS, List.of("2025-01-02")),
        visits("('c', DATE'2025-01-02', 'cy', 1L)"));

    assertThat(texts(delta()))
        .isEqualTo(texts(lake.read(VISITS)))
        .containsExactly("[a,2025-01-01,ann@example.org,3]", "[c,2025-01-02,cy,1]");
    assertThat(texts(lake.read(VISITS).where("event_date = DATE'2025-01-02'")))
        .containsExactly("[c,2025-01-02,cy,1]");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void rowsOfNamedKeysAreReplacedAndOthersStay(long littleBytes) {
    Lake small = new Lake(spark, home.resolve("keys").toString(), littleBytes);
    small.create(PEOPLE);
    small.append(PEOPLE, people("('a', 'ann'), ('b', NULL), ('c', 'cy')"));
    Dataset<Row> keys = spark.sql("SELECT * FROM VALUES ('b'), ('d'), (NULL) AS t (key)");

    small.replace(PEOPLE, new NamedKeys(List.of("person_id"), keys), people("('d', 'dan')"));
    small.requireUniqueKeys();

    assertThat(texts(small.read(PEOPLE))).containsExactly("[a,ann]", "[c,cy]", "[d,dan]");
  }

  @Test
  void keyThatComesTwiceInPlaceOfOthersIsNoticed() {
    Lake small = new Lake(spark, home.resolve("keys").toString(), 0);
    small.create(PEOPLE);
    small.append(PEOPLE, people("('a', 'ann')"));
    Dataset<Row> keys = spark.sql("SELECT 'd' AS key");

    small.replace(
        PEOPLE, new NamedKeys(List.of("person_id"), keys), people("('d', 'dan'), ('d', 'dot')"));

    assertThatThrownBy(small::requireUniqueKeys).isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void whatStaysAsItLiesDoesNotPileUpInFiles() {
    Lake small = new Lake(spark, home.resolve("keys").toString(), 0);
    small.create(PEOPLE);
    small.append(PEOPLE, people("('a', 'ann')"));
    for (char key = 'b'; key <= 'l'; key++) {
      Dataset<Row> keys = spark.sql("SELECT '" + key + "' AS key");
      String coming = "('" + key + "', 'new')";
      small.replace(PEOPLE, new NamedKeys(List.of("person_id"), keys), people(coming));
    }

    assertThat(small.read(PEOPLE).count()).isEqualTo(12);
    assertThat(small.read(PEOPLE).inputFiles().length).isLessThanOrEqualTo(8);
  }

  @Test
  void partOfDayIsReplacedAndItsOtherRowsStay() {
    Table byVisitor = VISITS.partitionedBy("event_date", "visitor");
    Lake parted = new Lake(spark, home.resolve("parted").toString());
    parted.create(byVisitor);
    parted.append(byVisitor, visits(TWO_DAYS + ", ('c', DATE'2025-01-01', 'cy', NULL)"));
    Slice part =
        Slice.of(byVisitor, List.of("2025-01-01", "2025-01-02"))
            .within("visitor", List.of("ann@example.org", "dan"));
    List<String> others = new ArrayList<>(List.of(parted.read(byVisitor).inputFiles()));
    others.removeIf(file -> file.contains("visitor=ann"));

    parted.replace(byVisitor, part, visits("('d', DATE'2025-01-01', 'dan', 9L)"));

    assertThat(texts(parted.read(byVisitor)))
        .containsExactly(
            "[b,2025-01-02,null,null]", "[c,2025-01-01,cy,null]", "[d,2025-01-01,dan,9]");
    assertThat(parted.read(byVisitor).inputFiles()).hasSize(3).containsAll(others);
    assertThatThrownBy(() -> parted.replace(byVisitor, part, visits(TWO_DAYS)))
        .hasMessageContaining("do not belong into table visits where event_date IN");
  }

  @Test
  void rowsOfAnotherDayAreNotWrittenIntoThisOne() {
    assertThatThrownBy(
            () -> lake.replace(VISITS, Slice.of(VISITS, List.of("2025-01-03")), visits(TWO_DAYS)))
        .hasMessage(
            "Rows of {event_date=2025-01-01} do not belong into table visits where event_date IN"
                + " ('2025-01-03')");
    assertThat(lake.read(VISITS).isEmpty()).isTrue();
  }

  @Test
  void newColumnsAreAddedAsTheyCome() {
    lake.append(VISITS, visits(TWO_DAYS));
    StructField[] fields = Arrays.copyOf(VISITS.schema().fields(), 5);
    fields[4] = optional("device", StringType, "what was used");
    Table wider =
        new Table(
            "visits", VISITS.comment(), VISITS.key(), VISITS.partitions(), new StructType(fields));

    lake.append(
        wider, visits("('d', DATE'2025-01-01', 'dan', 9L)").withColumn("device", lit("phone")));

    assertThat(texts(lake.read(wider)))
        .containsExactly(
            "[a,2025-01-01,ann@example.org,3,null]",
            "[b,2025-01-02,null,null,null]",
            "[d,2025-01-01,dan,9,phone]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsThatSomebodyDeletedStayAway(boolean isLittle, SparkSession session) {
    spark = session.newSession();
    if (isLittle) {
      PlanForOneTask.teach(spark);
      WorkMode.LITTLE.forEach(spark.conf()::set);
    }
    lake = new Lake(spark, home.resolve("the lake, 100 %").toString());
    lake.append(VISITS, visits(TWO_DAYS + ", ('c', DATE'2025-01-01', 'cy', NULL)"));
    // So that the deleted row stays in its file.
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
            .formatted(lake.path(VISITS)));
    DeltaTable.forPath(spark, lake.path(VISITS)).delete("visit_id = 'a'");
    lake.begin("later");

    assertThat(texts(lake.read(VISITS)))
        .containsExactly("[b,2025-01-02,null,null]", "[c,2025-01-01,cy,null]");
    lake.create(VISITS);
    lake.begin("later");
    lake.overwrite(VISITS, visits("('d', DATE'2025-01-01', 'dan', 9L)"));
    assertThat(texts(delta()))
        .isEqualTo(texts(lake.read(VISITS)))
        .containsExactly("[d,2025-01-01,dan,9]");
  }

  @Test
  void changesAreWhatCameAndWhatWent() {
    lake.append(VISITS, visits(TWO_DAYS));
    long before = lake.version(VISITS);
    lake.overwrite(
        VISITS, visits("('b', DATE'2025-01-02', NULL, NULL), ('a', DATE'2025-01-01', 'ann', 3L)"));

    assertThat(lake.hasChangesSince(VISITS, before)).isTrue();
    assertThat(texts(lake.changes(VISITS, before)))
        .containsExactly("[a,2025-01-01,ann,3,1]", "[a,2025-01-01,ann@example.org,3,-1]");

    spark.conf().set(CHECK, "false");
    DeltaTable.forPath(spark, lake.path(VISITS)).vacuum(0);
    spark.conf().unset(CHECK);
    assertThat(lake.hasChangesSince(VISITS, before)).isFalse();
  }

  @Test
  void manyCommitsAreSummedUpForQuickReads() {
    for (int day = 10; day < 32; day++) {
      lake.append(VISITS, visits("('v%1$d', DATE'2025-01-%1$d', NULL, 1L)".formatted(day)));
    }

    assertThat(Path.of(lake.path(VISITS), "_delta_log", "_last_checkpoint")).exists();
    assertThat(delta().count()).isEqualTo(22);
    assertThat(new Lake(spark, lake.warehouse()).read(VISITS).count()).isEqualTo(22);
  }

  @Test
  void tableOfAnOlderReleaseIsWrittenOn() {
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')"
            .formatted(lake.path(VISITS)));
    visits(TWO_DAYS)
        .write()
        .format("delta")
        .mode("append")
        .option("userMetadata", "run/ingest")
        .save(lake.path(VISITS));
    lake.begin("run/stitch");

    lake.create(VISITS);
    lake.overwrite(VISITS, visits("('d', DATE'2025-01-01', 'dan', 9L)"));

    assertThat(texts(delta())).containsExactly("[d,2025-01-01,dan,9]");
    assertThat(TableHistory.of(lake, VISITS).commitsAfter(1))
        .extracting(TableHistory.Commit::label)
        .startsWith("run/ingest")
        .endsWith("run/stitch");
  }

  @Test
  void ownCommitsAreToldByTheirLabels() {
    lake.begin("night-1/ingest");
    lake.append(VISITS, visits(TWO_DAYS));
    lake.begin("night-1/stitch");
    lake.overwrite(VISITS, visits(TWO_DAYS));

    assertThat(TableHistory.of(lake, VISITS).commitsAfter(0))
        .extracting(TableHistory.Commit::label)
        .containsExactly("night-1/ingest", "night-1/stitch");
  }

  @Test
  void tableGoesBackToTheFilesThatItHad() {
    lake.append(VISITS, visits(TWO_DAYS));
    List<String> had = texts(delta());
    long before = lake.version(VISITS);
    lake.overwrite(VISITS, visits("('d', DATE'2025-01-01', 'dan', 9L)"));

    try (JobCount jobs = new JobCount(spark)) {
      TableHistory.of(lake, VISITS).restore(before);
      assertThat(jobs.count()).isZero();
    }

    lake.begin("later");
    assertThat(texts(delta())).isEqualTo(texts(lake.read(VISITS))).isEqualTo(had);
    assertThat(TableHistory.of(lake, VISITS).commitsAfter(before + 1))
        .singleElement()
        .extracting(TableHistory.Commit::operation, TableHistory.Commit::restored)
        .containsExactly("RESTORE", OptionalLong.of(before));
  }

  @Test
  void tableThatGotAnotherPropertyLosesItOnItsWayBack() {
    lake.append(VISITS, visits(TWO_DAYS));
    List<String> had = texts(delta());
    long before = lake.version(VISITS);
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('team' = 'shop')".formatted(lake.path(VISITS)));
    lake.begin("night-1/ingest");
    lake.overwrite(VISITS, visits("('d', DATE'2025-01-01', 'dan', 9L)"));

    TableHistory.of(lake, VISITS).restore(before);

    lake.begin("later");
    assertThat(texts(delta())).isEqualTo(texts(lake.read(VISITS))).isEqualTo(had);
    assertThat(TableHistory.of(lake, VISITS).commitsAfter(before + 2))
        .singleElement()
        .extracting(TableHistory.Commit::operation, TableHistory.Commit::restored)
        .containsExactly("RESTORE", OptionalLong.of(before));
  }

  @Test
  void missingValueIsRefusedByName() {
    assertThatThrownBy(() -> lake.append(VISITS, visits("(NULL, DATE'2025-01-01', 'ann', 3L)")))
        .hasStackTraceContaining("A row of table visits has no visit_id");
    assertThat(lake.version(VISITS)).isZero();
  }

  @Test
  void logTellsHowManyRowsButNotWhoCame() throws IOException {
    lake.append(VISITS, visits(TWO_DAYS));

    try (Stream<Path> files = Files.list(Path.of(lake.path(VISITS), "_delta_log"))) {
      assertThat(files.filter(file -> file.toString().endsWith("1.json")))
          .allSatisfy(
              file ->
                  assertThat(file)
                      .content()
                      .contains("numRecords")
                      .doesNotContain("ann@example.org"));
    }
  }

  @Test
  void valuesThatHardlyComeTwiceAreInNoDictionary() throws IOException {
    Table seen =
        Table.of(
            "seen",
            "one row per touchpoint",
            required(Touchpoints.TOUCHPOINT_ID, StringType, "the touchpoint"),
            required(Touchpoints.SOURCE, StringType, "its source"));
    lake.create(seen);
    lake.append(
        seen,
        spark.sql("SELECT sha(CAST(id AS STRING)) touchpoint_id, 'web' source FROM range(999)"));

    String file = new Lake(spark, lake.warehouse()).read(seen).inputFiles()[0];
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(URI.create(file)),
                spark.sessionState().newHadoopConf()))) {
      assertThat(reader.getFooter().getBlocks().get(0).getColumns())
          .extracting(column -> column.getEncodings().stream().anyMatch(Encoding::usesDictionary))
          .containsExactly(false, true);
    }
  }

  private Dataset<Row> delta() {
    return spark.read().format("delta").load(lake.path(VISITS));
  }

  private Dataset<Row> people(String values) {
    return spark.sql("SELECT * FROM VALUES " + values + " AS t (person_id, name)");
  }

  private Dataset<Row> visits(String rows) {
    return spark
        .sql("SELECT * FROM VALUES " + rows + " AS t(visit_id, event_date, visitor, pages)")
        .selectExpr(
            "CAST(visit_id AS STRING) visit_id",
            "event_date",
            "CAST(visitor AS STRING) visitor",
            "CAST(pages AS BIGINT) pages");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
