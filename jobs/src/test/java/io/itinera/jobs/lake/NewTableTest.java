package io.itinera.jobs.lake;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;
import static org.apache.spark.sql.types.DataTypes.createMapType;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.MatchModels;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Table;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Spark finds of a table that was made without it. */
@ExtendWith(SparkExtension.class)
class NewTableTest {

  private static final Table VISITS =
      Table.of(
              "visits",
              "One row per visit; \"quoted\", für alle.",
              required("visit_id", StringType, "the visit"),
              required("event_date", DateType, "its day"),
              optional("began_at", TimestampType, "when it began"),
              optional("value", createDecimalType(18, 2), "what was bought"),
              optional("pages", createArrayType(StringType), "what was seen"),
              optional("properties", createMapType(StringType, StringType), "what else was said"))
          .keyedBy("visit_id")
          .partitionedBy("event_date");

  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void makeTable(SparkSession session, @TempDir Path home) {
    spark = session;
    lake = new Lake(spark, home.resolve("the lake, 100 %").toString());
    lake.create(VISITS);
  }

  @Test
  void columnsHaveTheirTypesAndCommentsAndAreFilledWherePromised() {
    assertThat(spark.read().format("delta").load(lake.path(VISITS)).schema().json())
        .isEqualTo(VISITS.schema().json());
    assertThat(lake.log(VISITS).latest().orElseThrow().schema()).isEqualTo(VISITS.schema());
  }

  @Test
  void tableHasItsCommentPartitionsAndProperties() {
    Row detail = spark.sql("DESCRIBE DETAIL delta.`%s`".formatted(lake.path(VISITS))).first();

    assertThat(detail.<String>getAs("description")).isEqualTo(VISITS.comment());
    assertThat(detail.getList(detail.fieldIndex("partitionColumns")))
        .isEqualTo(List.of("event_date"));
    assertThat(detail.getJavaMap(detail.fieldIndex("properties")))
        .isEqualTo(TableProperties.of(VISITS));
  }

  @Test
  void oldFilesOfMatchesAndModelsAreKeptForStagesThatLag() {
    for (Table table : List.of(ProfileMatches.TABLE, MatchModels.TABLE)) {
      assertThat(TableProperties.of(table))
          .containsEntry("delta.deletedFileRetentionDuration", "interval 60 days")
          .containsEntry("delta.logRetentionDuration", "interval 60 days");
    }
  }

  @Test
  void oldestReadersCanReadIt() {
    Row detail = spark.sql("DESCRIBE DETAIL delta.`%s`".formatted(lake.path(VISITS))).first();

    assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
    assertThat(detail.<Integer>getAs("minWriterVersion")).isEqualTo(2);
  }

  @Test
  void makingItAgainChangesNothing() {
    lake.create(VISITS);
    new Lake(spark, lake.warehouse()).create(VISITS);

    assertThat(lake.version(VISITS)).isZero();
  }
}
