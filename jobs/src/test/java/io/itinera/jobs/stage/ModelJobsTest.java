package io.itinera.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.path.PathRules;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.portrait.PortraitRules;
import io.itinera.core.process.CaseRules;
import io.itinera.core.process.CaseRules.Batches;
import io.itinera.core.process.CaseRules.Calendar;
import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.rfm.RfmRules;
import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.PersonaChanges;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.PersonaTraits;
import io.itinera.core.table.Personas;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RfmMigrations;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Table;
import io.itinera.core.table.Transitions;
import io.itinera.core.verify.QualityRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageContext;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The jobs rfm, personas and paths on a small warehouse, night after night. */
@ExtendWith(SparkExtension.class)
class ModelJobsTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 12, 31);
  private static final String[] SAME_NIGHT = {"customer_id", "as_of"};
  static final List<Table> TABLES =
      List.of(
          Customers.TABLE,
          CustomerDays.TABLE,
          CustomerAliases.TABLE,
          Journeys.TABLE,
          RfmScores.TABLE,
          RfmMigrations.TABLE,
          CustomerFeatures.TABLE,
          PersonaModels.TABLE,
          PersonaChanges.TABLE,
          ModelReports.TABLE,
          Personas.TABLE,
          CustomerPersonas.TABLE,
          PersonaTraits.TABLE,
          Transitions.TABLE,
          PathVariants.TABLE,
          PathTree.TABLE,
          FrequentPaths.TABLE,
          ProcessSteps.TABLE,
          ProcessSpectra.TABLE,
          ProcessProfiles.TABLE,
          ProcessConstraints.TABLE,
          QualityChecks.TABLE);
  private static final Map<String, String> ORDERS = Map.of("orders", "sum(orders_count)");
  private static final Map<String, String> ORDERS_AND_VIEWS =
      Map.of("orders", "sum(orders_count)", "views", "sum(types['page_view'])");

  @Test
  void everyNightAddsItsRowsThoughAFeatureCameNew(@TempDir Path warehouse, SparkSession spark) {
    Lake lake = new Lake(spark, warehouse.toString());
    fill(lake);

    run(lake, ORDERS, MONDAY);
    run(lake, ORDERS_AND_VIEWS, TUESDAY);

    lake.begin("");
    assertThat(perNight(lake, RfmScores.TABLE, "customer_id")).containsExactly(20L, 20L);
    assertThat(perNight(lake, CustomerPersonas.TABLE, "customer_id")).containsExactly(40L, 40L);
    assertThat(perNight(lake, Personas.TABLE, "persona_id")).containsExactly(2L, 2L);
    assertThat(lake.read(RfmScores.TABLE).where("previous_segment is not null").count())
        .isEqualTo(20);
    assertThat(lake.read(RfmMigrations.TABLE).collectAsList())
        .containsExactly(
            RowFactory.create(
                Date.valueOf(TUESDAY), "everybody", "everybody", 20L, new BigDecimal("0.0000")));
    assertThat(
            lake.read(PathTree.TABLE)
                .where("journeys_count <> out_count + ended_count + other_count")
                .count())
        .isZero();
    assertThat(
            lake.read(PathTree.TABLE)
                .selectExpr("concat_ws(' ', as_of, depth, step, journeys_count, ended_count)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "2024-12-30 0 (start) 40 0",
            "2024-12-30 1 ad 40 0",
            "2024-12-30 2 web 40 40",
            "2024-12-31 0 (start) 40 0",
            "2024-12-31 1 ad 40 0",
            "2024-12-31 2 web 40 40");
    assertThat(
            lake.read(FrequentPaths.TABLE)
                .where("as_of = '2024-12-31'")
                .selectExpr("concat_ws(' ', pattern_text, size(pattern), journeys_count, lift)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("ad 1 40 1.0", "web 1 40 1.0", "ad > web 2 40 1.0");
    assertThat(lake.read(Transitions.TABLE).select("segment_type").distinct().count()).isEqualTo(3);
    Dataset<Row> features = lake.readAll(CustomerFeatures.TABLE);
    assertThat(features.where("as_of = '2024-12-31' and (orders is null or views is null)").count())
        .isZero();
    assertThat(features.schema().apply("views").getComment().get())
        .isEqualTo("never null; sum(types['page_view'])");
    savedModelAssignsAsTheTableSays(lake, features);
  }

  private static void savedModelAssignsAsTheTableSays(Lake lake, Dataset<Row> features) {
    String path =
        lake.read(Personas.TABLE)
            .where("as_of = '2024-12-31'")
            .select(Personas.MODEL_PATH)
            .first()
            .getString(0);
    Dataset<Row> clusters =
        PipelineModel.load(path).transform(features.where("as_of = '2024-12-31'"));
    assertThat(
            clusters
                .join(lake.read(CustomerPersonas.TABLE), SAME_NIGHT)
                .select("cluster", "persona_id")
                .distinct()
                .count())
        .isEqualTo(2);
  }

  private static List<Long> perNight(Lake lake, Table table, String counted) {
    return lake
        .read(table)
        .groupBy("as_of")
        .agg(functions.count_distinct(functions.col(counted)).as("n"))
        .orderBy("as_of")
        .collectAsList()
        .stream()
        .map(row -> row.<Long>getAs("n"))
        .toList();
  }

  private static void run(Lake lake, Map<String, String> features, LocalDate asOf) {
    ItineraConfig config =
        config(lake.warehouse(), new PersonaRules(features, 365, 2, 2, 1, 1000, 3));
    Night night = new Night("run", asOf, false);
    for (Stage.Job job : List.<Stage.Job>of(RfmJob::run, PersonasJob::run, PathsJob::run)) {
      lake.begin("test");
      job.run(new StageContext(lake, config, night));
    }
  }

  /** 40 customers, of whom the even ones buy and the odd ones look. */
  private static void fill(Lake lake) {
    TABLES.forEach(lake::create);
    Dataset<Row> ids =
        lake.spark().range(40).selectExpr("concat('c', id) AS customer_id", "id % 2 AS looks");
    write(lake, Customers.TABLE, ids.selectExpr("customer_id", "1L AS touchpoints_count"));
    write(
        lake,
        CustomerDays.TABLE,
        ids.selectExpr(
            "customer_id",
            "DATE'2024-12-20' AS event_date",
            "3 * (1 - looks) AS orders_count",
            "CAST(10 * (1 - looks) AS DECIMAL(18,4)) AS order_value",
            "map('page_view', 50 * looks) AS types"));
    write(
        lake,
        Journeys.TABLE,
        ids.selectExpr(
            "customer_id AS journey_id",
            "customer_id",
            "'converted' AS outcome",
            "array('ad', 'web') AS path",
            "array(timestamp_seconds(0), timestamp_seconds(9)) AS path_at",
            "'ad > web' AS path_text",
            "DATE'2024-12-20' AS ended_on"));
  }

  static void write(Lake lake, Table table, Dataset<Row> rows) {
    List<String> given = List.of(rows.columns());
    Column[] columns =
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    (given.contains(field.name())
                            ? functions.col(field.name())
                            : functions.lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new);
    lake.overwrite(table, rows.select(columns));
  }

  static ItineraConfig config(String warehouse, PersonaRules personas) {
    RfmRules.Cell everybody = new RfmRules.Cell("everybody", 1, 5, 1, 5);
    RfmRules rfm =
        new RfmRules(
            365,
            RfmRules.Scoring.QUINTILES,
            List.of(),
            List.of(),
            List.of(),
            List.of(everybody),
            new OrderClasses(90, 365, 3, 6, 0.05));
    return new ItineraConfig(
        "unused",
        warehouse,
        "itinera",
        ZoneOffset.UTC,
        "EUR",
        Optional.empty(),
        Map.of(),
        List.of(),
        null,
        Optional.empty(),
        null,
        null,
        List.of(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        rfm,
        null,
        null,
        null,
        personas,
        new PortraitRules(Set.of("product_view"), Set.of("complaint"), 3, 365),
        PathRules.of(30),
        null,
        null,
        null,
        null,
        List.of(),
        new CaseRules(
            30,
            7,
            new Batches(Duration.ofMinutes(1), 3),
            new Learning(7, 1, 3, 0.05, 0.95),
            new Calendar(ZoneOffset.UTC, Duration.ofDays(30))),
        null,
        new QualityRules(0),
        null,
        null,
        "hash");
  }
}
