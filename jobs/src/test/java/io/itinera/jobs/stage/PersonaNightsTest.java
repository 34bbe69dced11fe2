package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.persona.Grouping;
import io.itinera.core.persona.ModelRows;
import io.itinera.core.persona.OwnModel;
import io.itinera.core.persona.PersonaModel;
import io.itinera.core.persona.PersonaModel.TrainedPersona;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.PersonaTrainer;
import io.itinera.core.persona.Retraining;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.Personas;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.JobCount;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights of customers of three kinds: buyers, viewers and callers. */
@ExtendWith(SparkExtension.class)
class PersonaNightsTest {

  private static final LocalDate SUNDAY = LocalDate.of(2025, 3, 2);

  private static final PersonaRules WEEKLY =
      new PersonaRules(
              Map.of(
                  "orders", "sum(orders_count)",
                  "views", "sum(types['page_view'])",
                  "calls", "sum(types['call'])"),
              365,
              3,
              3,
              1,
              1000,
              3)
          .with(new Retraining(7, 0.5));

  @TempDir private Path warehouse;

  private Lake lake;
  private ItineraConfig config;

  @BeforeEach
  void fill(SparkSession spark) {
    lake = new Lake(spark, warehouse.toString());
    config = ModelJobsTest.config(lake.warehouse(), WEEKLY);
    ModelJobsTest.TABLES.forEach(lake::create);
    ModelJobsTest.write(
        lake,
        Customers.TABLE,
        spark.range(60).selectExpr("concat('c', id) AS customer_id", "1L AS touchpoints_count"));
    // Who is of kind 0 buys, of kind 1 views, of kind 2 calls, some days in each month.
    ModelJobsTest.write(
        lake,
        CustomerDays.TABLE,
        spark
            .range(60)
            .selectExpr("id", "id % 3 AS kind", "explode(sequence(-60, 9)) AS day")
            .where("pmod(xxhash64(id, day), 5) < 2")
            .selectExpr(
                "concat('c', id) AS customer_id",
                "date_add(DATE'" + SUNDAY + "', day) AS event_date",
                "IF(kind = 0, 2L, 0L) AS orders_count",
                "map('page_view', IF(kind = 1, 9L, 1L), 'call', IF(kind = 2, 2L, 0L)) AS types"));
  }

  @Test
  void nightsBetweenTrainingsOnlyAssign() {
    night(SUNDAY, false);
    long trained = lake.version(PersonaModels.TABLE);
    night(SUNDAY.plusDays(1), false);
    night(SUNDAY.plusDays(6), false);

    assertThat(lake.version(PersonaModels.TABLE)).isEqualTo(trained);
    Dataset<Row> personas = lake.read(Personas.TABLE);
    assertThat(values(personas.select("model_path").distinct()))
        .singleElement()
        .asString()
        .endsWith("as_of=" + SUNDAY);
    assertThat(personas.where("matched_previous IS NULL AND drift IS NULL").count()).isEqualTo(3);
    assertThat(personas.where("matched_previous = persona_id AND drift > 0").count()).isEqualTo(6);
    assertThat(
            values(
                personas
                    .groupBy("persona_id")
                    .agg(count_distinct(col("name")))
                    .select(col("persona_id"))))
        .hasSize(3);

    night(SUNDAY.plusDays(7), false);

    List<PersonaModel> models = models();
    assertThat(models).extracting(PersonaModel::asOf).containsExactly(SUNDAY, SUNDAY.plusDays(7));
    assertThat(models.get(1).ids()).containsExactlyInAnyOrderElementsOf(models.get(0).ids());
  }

  @Test
  void nightThatComesLateFindsWhatTheNightOfTheTrainingWouldHaveFound() {
    night(SUNDAY, false);
    night(SUNDAY.plusDays(3), false);
    List<Row> onTime = models().get(0).personas().isEmpty() ? List.of() : rows(SUNDAY.plusDays(3));

    lake.begin("again");
    lake.overwrite(PersonaModels.TABLE, List.of());
    night(SUNDAY.plusDays(3), false);

    assertThat(models()).extracting(PersonaModel::asOf).containsExactly(SUNDAY);
    assertThat(rows(SUNDAY.plusDays(3))).isEqualTo(onTime);
  }

  @Test
  void nightThatLooksBackSeesNothingThatCameLater() {
    LocalDate back = SUNDAY.minusDays(10);
    night(SUNDAY, false);
    night(back, false);
    List<Row> beside = rows(back);

    lake.begin("cut");
    ModelJobsTest.write(
        lake,
        CustomerDays.TABLE,
        lake.read(CustomerDays.TABLE).where(col("event_date").leq(back)).localCheckpoint());
    lake.overwrite(PersonaModels.TABLE, List.of());
    night(back, false);

    assertThat(beside).hasSize(60).isEqualTo(rows(back));
  }

  @Test
  void trainingIsMadeAnewWhereDaysThatItLearntFromHaveChanged() {
    LocalDate monday = SUNDAY.plusDays(1);
    LocalDate tuesday = SUNDAY.plusDays(2);
    night(SUNDAY, false);
    List<String> told = models().get(0).ids();
    addViews(monday);
    long trained = lake.version(PersonaModels.TABLE);
    night(monday, false);
    assertThat(lake.version(PersonaModels.TABLE)).as("what is new is later").isEqualTo(trained);

    addViews(SUNDAY.minusDays(3));
    night(tuesday, false);

    List<PersonaModel> late = models();
    assertThat(late).extracting(PersonaModel::asOf).containsExactly(SUNDAY);
    assertThat(late.get(0).ids()).as("as they were told").containsExactlyInAnyOrderElementsOf(told);
    List<Row> assigned = rows(tuesday);
    lake.begin("from nothing");
    lake.overwrite(PersonaModels.TABLE, List.of());
    night(tuesday, false);
    assertThat(models().get(0).personas())
        .extracting(TrainedPersona::center)
        .isEqualTo(late.get(0).personas().stream().map(TrainedPersona::center).toList());
    assertThat(rows(tuesday)).hasSameSizeAs(assigned);

    long again = lake.version(PersonaModels.TABLE);
    night(SUNDAY.plusDays(3), false);
    assertThat(lake.version(PersonaModels.TABLE)).as("nothing came late").isEqualTo(again);
  }

  @Test
  void onlyTheNightThatHasAReasonTrains(SparkSession spark) {
    int trains = jobs(spark, SUNDAY);
    int assigns = jobs(spark, SUNDAY.plusDays(1));
    addViews(SUNDAY.minusDays(3));
    int trainsAnew = jobs(spark, SUNDAY.plusDays(2));

    assertThat(trains).isLessThanOrEqualTo(13);
    assertThat(assigns).isLessThanOrEqualTo(7);
    assertThat(trainsAnew).isLessThanOrEqualTo(14);
  }

  private int jobs(SparkSession spark, LocalDate asOf) {
    try (JobCount jobs = new JobCount(spark)) {
      night(asOf, false);
      return jobs.count();
    }
  }

  @Test
  void modelOfSomebodysOwnMakesThePersonas(SparkSession spark, @TempDir Path models) {
    night(SUNDAY, false);
    String path = models.resolve("own").toString();
    Dataset<Row> known =
        lake.read(CustomerFeatures.table(WEEKLY.features().keySet()))
            .where(col("as_of").equalTo(SUNDAY));
    PipelineModel own = twoGroups(known, path);
    config =
        ModelJobsTest.config(
            lake.warehouse(),
            WEEKLY.with(
                new Grouping(
                    Grouping.Method.K_MEANS, 0, 0, 0, Optional.of(OwnModel.savedAt(path)))));

    night(SUNDAY.plusDays(1), false);
    night(SUNDAY.plusDays(7), false);

    Dataset<Row> predicted = own.transform(known).select("customer_id", "prediction");
    assertThat(
            lake.read(CustomerPersonas.TABLE)
                .where(col("as_of").equalTo(SUNDAY.plusDays(1)))
                .join(predicted, "customer_id")
                .select("persona_id", "prediction")
                .distinct()
                .count())
        .as("a persona per predicted group, and a group per persona")
        .isEqualTo(2);
    Dataset<Row> personas = lake.read(Personas.TABLE).where(col("as_of").gt(SUNDAY));
    assertThat(personas.where(col("model_path").equalTo(path)).count()).isEqualTo(4);
    assertThat(personas.where("name IS NULL OR rule IS NULL OR rule_fidelity < 0.9").count())
        .isZero();
    assertThat(values(personas.select("persona_id").distinct())).as("ids stay").hasSize(2);
    assertThat(lake.read(ModelReports.TABLE).where("model = 'personas' AND metric = 'count'"))
        .satisfies(
            reports ->
                assertThat(values(reports.where("value = 2").select("detail")))
                    .contains("2, as " + path + " predicts."));
  }

  @Test
  void anotherModelSavedAtTheSamePathIsNoticedByTheNextNightAndTheSameOneIsNot(
      SparkSession spark, @TempDir Path models) {
    night(SUNDAY, false);
    String path = models.resolve("own").toString();
    Dataset<Row> known =
        lake.read(CustomerFeatures.table(WEEKLY.features().keySet()))
            .where(col("as_of").equalTo(SUNDAY));
    Grouping own =
        new Grouping(Grouping.Method.K_MEANS, 0, 0, 0, Optional.of(OwnModel.savedAt(path)));
    config = ModelJobsTest.config(lake.warehouse(), WEEKLY.with(own));

    callersOf(known, 2, path);
    night(SUNDAY.plusDays(1), false);
    long trained = lake.version(PersonaModels.TABLE);
    callersOf(known, 2, path);
    night(SUNDAY.plusDays(2), false);
    assertThat(lake.version(PersonaModels.TABLE)).as("the same, saved again").isEqualTo(trained);

    callersOf(known, 3, path);
    night(SUNDAY.plusDays(3), false);

    assertThat(lake.version(PersonaModels.TABLE)).as("another one").isGreaterThan(trained);
    assertThat(personasOf(SUNDAY.plusDays(2))).hasSize(2);
    assertThat(personasOf(SUNDAY.plusDays(3)))
        .hasSize(3)
        .as("who is near one that there was is still that")
        .containsAnyElementsOf(personasOf(SUNDAY.plusDays(2)));
  }

  private List<Object> personasOf(LocalDate asOf) {
    lake.begin("");
    return values(lake.read(Personas.TABLE).where(col("as_of").equalTo(asOf)).select("persona_id"));
  }

  /** So many groups by calls; whatever they are fitted to, MLlib calls them by one name. */
  private static void callersOf(Dataset<Row> features, int groups, String path) {
    VectorAssembler assembler = new VectorAssembler("vector-of-calls");
    KMeans groupsOfCalls = new KMeans("groups-of-calls");
    PipelineModel model =
        new Pipeline("callers")
            .setStages(
                new PipelineStage[] {
                  assembler.setInputCols(new String[] {"calls"}).setOutputCol("vector"),
                  groupsOfCalls.setK(groups).setSeed(1).setFeaturesCol("vector")
                })
            .fit(features.orderBy("customer_id").coalesce(1));
    try {
      model.write().overwrite().save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void classOfSomebodysOwnTrainsAndNightsBetweenAssignByWhatItLearnt() throws IOException {
    List<List<String>> trainings = new ArrayList<>();
    PersonaTrainer callers =
        (customers, features, seed) -> {
          trainings.add(features);
          return new Pipeline()
              .setStages(
                  new PipelineStage[] {
                    new SQLTransformer()
                        .setStatement(
                            "SELECT *, IF(calls > 0, 1.0, 0.0) AS prediction FROM __THIS__")
                  })
              .fit(customers);
        };
    Grouping own = WEEKLY.grouping().with(OwnModel.by(callers));
    config = ModelJobsTest.config(lake.warehouse(), WEEKLY.with(own));

    night(SUNDAY, false);
    night(SUNDAY.plusDays(1), false);

    assertThat(trainings).containsExactly(List.of("calls", "orders", "views"));
    assertThat(values(lake.read(Personas.TABLE).select("model_path").distinct()))
        .singleElement()
        .asString()
        .endsWith("as_of=" + SUNDAY);
    assertThat(
            lake.read(CustomerPersonas.TABLE)
                .join(
                    lake.read(CustomerFeatures.table(WEEKLY.features().keySet())),
                    CustomerPersonas.TABLE.key().toArray(String[]::new))
                .selectExpr("as_of", "persona_id", "calls > 0")
                .distinct()
                .count())
        .as("a persona for those who call and one for the others, on two nights")
        .isEqualTo(4);

    Files.move(warehouse.resolve("_models"), warehouse.resolve("_gone"));
    night(SUNDAY.plusDays(2), false);

    assertThat(trainings).as("what it learnt was gone").hasSize(2);
    assertThat(values(lake.read(Personas.TABLE).select("persona_id").distinct())).hasSize(2);
  }

  @Test
  void modelThatIsNotThereIsToldAndNothingIsWritten() {
    Grouping missing =
        new Grouping(
            Grouping.Method.K_MEANS, 0, 0, 0, Optional.of(OwnModel.savedAt("/no/such/model")));
    config = ModelJobsTest.config(lake.warehouse(), WEEKLY.with(missing));

    assertThatThrownBy(() -> night(SUNDAY, false))
        .hasMessageStartingWith(
            "Cannot load the model of itinera.personas.pipeline, /no/such/model: ")
        .hasMessageEndingWith("or set the key to none, and run the night again.");
    assertThat(lake.wasWritten(Personas.TABLE)).isFalse();
  }

  /** Who calls, and who does not. */
  private static PipelineModel twoGroups(Dataset<Row> features, String path) {
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler().setInputCols(new String[] {"calls"}).setOutputCol("vector"),
                  new KMeans().setK(2).setSeed(1).setFeaturesCol("vector")
                })
            .fit(features);
    try {
      model.write().overwrite().save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return model;
  }

  /** Late records: who viewed on {@code day} viewed more than was known. */
  private void addViews(LocalDate day) {
    lake.begin("late");
    lake.replace(
        CustomerDays.TABLE,
        Slice.of(CustomerDays.TABLE, List.of(day)),
        lake.read(CustomerDays.TABLE)
            .where(col("event_date").equalTo(day))
            .withColumn(
                "types",
                expr("transform_values(types, (type, n) -> IF(type = 'page_view', 4 * n, n))")));
  }

  @Test
  void whoWasOutgrownIsFoundAnewAndAFullRefreshTrains() {
    LocalDate sunday = SUNDAY.minusDays(56);
    // Four days of a company that has just begun.
    night(sunday.plusDays(3), false);
    night(sunday.plusDays(6), false);
    assertThat(models())
        .extracting(PersonaModel::asOf)
        .as("customers do not do the same for a day as for a week")
        .contains(sunday, sunday.plusDays(6));

    night(SUNDAY.plusDays(1), false);
    long version = lake.version(PersonaModels.TABLE);
    night(SUNDAY.plusDays(2), true);
    assertThat(lake.version(PersonaModels.TABLE)).isGreaterThan(version);
    assertThat(models()).extracting(PersonaModel::asOf).endsWith(SUNDAY);
  }

  private List<PersonaModel> models() {
    lake.begin("");
    return ModelRows.models(lake.rows(PersonaModels.TABLE));
  }

  private List<Row> rows(LocalDate asOf) {
    lake.begin("");
    return lake.read(CustomerPersonas.TABLE)
        .where(col("as_of").equalTo(asOf))
        .orderBy("customer_id")
        .collectAsList();
  }

  private static List<Object> values(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.get(0)).toList();
  }

  private void night(LocalDate asOf, boolean fullRefresh) {
    lake.begin("test");
    PersonasJob.run(new StageContext(lake, config, new Night("run", asOf, fullRefresh)));
  }
}
