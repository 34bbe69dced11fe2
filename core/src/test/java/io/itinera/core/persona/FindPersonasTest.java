package io.itinera.core.persona;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.PersonaModel.TrainedPersona;
import io.itinera.core.persona.PersonaRecovery.Overlap;
import io.itinera.core.table.Personas;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class FindPersonasTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 12, 31);
  private static final PersonaRules RULES = PlantedGroups.RULES;

  @Test
  void findsThePlantedGroupsAndSaysWhatStandsOut(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 400, 0).localCheckpoint();

    FoundPersonas found = find(features, RULES);

    assertThat(found.size()).isEqualTo(4);
    assertThat(model(features, RULES).criteria().keySet())
        .contains("silhouette/2", "silhouette/3", "silhouette/4", "silhouette/5");
    assertThat(recovery(found, features).adjustedRandIndex()).isEqualTo(1);
    List<Row> personas = found.personas().collectAsList();
    assertThat(personas).extracting(row -> row.<Double>getAs(Personas.SHARE)).containsOnly(0.25);
    assertThat(personas)
        .extracting(row -> row.<Double>getAs(Personas.RULE_FIDELITY))
        .allMatch(fidelity -> fidelity > 0.95);
    assertThat(personas).extracting(row -> row.getAs(Personas.NAME)).doesNotHaveDuplicates();
    Row browsers = with("Many page views", personas);
    assertThat(browsers.<String>getAs(Personas.DESCRIPTION))
        .startsWith("Far more page views (")
        .contains("no store share (0 % against ");
    assertThat(browsers.<String>getAs(Personas.RULE)).contains("page_views > ");
  }

  @ParameterizedTest
  @EnumSource(Grouping.Method.class)
  void aFewCustomersWhoDoAllToExcessMakeNoPersonaOfTheirOwn(
      Grouping.Method method, SparkSession spark) {
    Column isOdd = col("customer_id").isin("5", "6", "7");
    Dataset<Row> features =
        PlantedGroups.features(spark, MONDAY, 400, 0)
            .withColumn("orders", when(isOdd, 1e6).otherwise(col("orders")))
            .withColumn("page_views", when(isOdd, 1e7).otherwise(col("page_views")))
            .localCheckpoint();
    PersonaRules rules =
        new PersonaRules(
            RULES.features(),
            10,
            2,
            5,
            1,
            1000,
            3,
            FeatureUse.OF_ALL,
            Retraining.NIGHTLY,
            new Grouping(method, 0.02, 0.5));

    FindPersonas.Training training =
        FindPersonas.train(features, MONDAY, rules, PastTrainings.NONE).orElseThrow();

    FoundPersonas found = FindPersonas.assign(features, training.model(), MONDAY, rules);
    assertThat(found.size()).isEqualTo(4);
    assertThat(recovery(found, features).adjustedRandIndex()).isGreaterThan(0.97);
    assertThat(training.reports())
        .filteredOn(row -> row.getString(2).equals("count"))
        .singleElement()
        .satisfies(row -> assertThat(row.getDouble(3)).isEqualTo(4))
        .satisfies(row -> assertThat(row.getString(6)).startsWith("4: "));
    assertThat(training.reports())
        .extracting(row -> row.getString(2))
        .contains("silhouette/5", "stability/2", "smallest-share/3", "log-inertia-drop/4");
  }

  @Test
  void centroidsAreMeansOfAllMembersThoughFewCustomersTrain(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 400, 0).localCheckpoint();
    PersonaRules few = new PersonaRules(PlantedGroups.FEATURES, 10, 4, 4, 1, 50, 3);

    FoundPersonas found = find(features, few);

    Dataset<Row> means =
        found
            .customerPersonas()
            .join(features, "customer_id")
            .groupBy("persona_id")
            .agg(avg("orders").as("mean"));
    assertThat(
            found
                .personas()
                .join(means, "persona_id")
                .where("abs(centroid['orders'] - mean) > 0.000001 or customers_count != 100")
                .collectAsList())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Grouping.Method.class,
      names = {"K_MEANS", "GAUSSIAN_MIXTURE"})
  void manyCustomersAreGroupedAsFewAre(Grouping.Method method, SparkSession spark) {
    PersonaRules all =
        new PersonaRules(PlantedGroups.FEATURES, 10, 2, 5, 1, 20_000, 3)
            .with(new Grouping(method, 0.02, 0.5));
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 12_000, 0).localCheckpoint();

    FoundPersonas found = find(features, all);

    assertThat(found.size()).isEqualTo(4);
    assertThat(recovery(found, features).adjustedRandIndex()).isEqualTo(1);
    assertThat(found.customerPersonas().where("confidence > 0.5").count()).isEqualTo(12_000);
  }

  @ParameterizedTest
  @EnumSource(Grouping.Method.class)
  void modelAssignsAsTheTableSays(Grouping.Method method, SparkSession spark) {
    PersonaRules rules = RULES.with(new Grouping(method, 0.02, 0.5));
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 400, 0).localCheckpoint();

    FoundPersonas found = find(features, rules);

    assertThat(
            model(features, rules)
                .pipeline()
                .transform(features)
                .join(found.customerPersonas(), "customer_id")
                .select("cluster", "persona_id")
                .distinct()
                .count())
        .isEqualTo(4);
  }

  @Test
  void idsSurviveASlightChangeAndANewGroupGetsANewId(SparkSession spark) {
    PersonaRules four = new PersonaRules(PlantedGroups.FEATURES, 10, 4, 4, 1, 1000, 3);
    Dataset<Row> monday = PlantedGroups.features(spark, MONDAY, 400, 0);
    Dataset<Row> tuesday =
        PlantedGroups.features(spark, TUESDAY, 440, 1)
            .withColumn("page_views", col("page_views").multiply(1.1));
    PersonaModel first = model(monday, four);

    PersonaModel second = train(tuesday, TUESDAY, four, first);

    assertThat(second.ids()).containsExactlyInAnyOrderElementsOf(first.ids());
    assertThat(second.personas())
        .allMatch(each -> each.matched().equals(each.id()) && each.drift() > 0 && each.drift() < 1);
    assertThat(first.personas()).allMatch(each -> each.matched() == null && each.drift() == null);

    List<TrainedPersona> others =
        first.personas().stream().filter(each -> !each.name().contains("omplaints")).toList();
    PersonaModel without =
        new PersonaModel(
            MONDAY,
            first.version(),
            first.scaling(),
            others,
            first.criteria(),
            PersonaModel.UNKNOWN);
    assertThat(others).hasSizeLessThan(4);
    assertThat(train(tuesday, TUESDAY, four, without).personas())
        .filteredOn(each -> each.matched() == null)
        .extracting(TrainedPersona::id)
        .hasSize(4 - others.size())
        .doesNotContainAnyElementsOf(first.ids());
  }

  @Test
  void trainingThatSupersedesAnotherKeepsItsIdsAndTellsWhatItContinues(SparkSession spark) {
    PersonaRules four = new PersonaRules(PlantedGroups.FEATURES, 10, 4, 4, 1, 1000, 3);
    Dataset<Row> monday = PlantedGroups.features(spark, MONDAY, 400, 0);
    Dataset<Row> tuesday = PlantedGroups.features(spark, TUESDAY, 400, 0);
    PersonaModel first = model(monday, four);
    // A training that lacks one of Monday's personas, and so gave it another id when it was found.
    PersonaModel without =
        new PersonaModel(
            MONDAY,
            first.version(),
            first.scaling(),
            first.personas().subList(0, 3),
            first.criteria(),
            PersonaModel.UNKNOWN);
    PersonaModel told = train(tuesday, TUESDAY, four, without);

    PersonaModel anew =
        FindPersonas.train(
                tuesday.where("customer_id <> '7'"),
                TUESDAY,
                four,
                new PastTrainings(List.of(first), Optional.of(told)))
            .orElseThrow()
            .model();

    assertThat(told.ids()).containsAll(without.ids()).doesNotContain(first.ids().get(3));
    assertThat(anew.ids()).containsExactlyInAnyOrderElementsOf(told.ids());
    assertThat(anew.personas())
        .filteredOn(each -> each.matched() != null)
        .extracting(TrainedPersona::matched)
        .as("of the training before, not of the one that is superseded")
        .containsExactlyInAnyOrderElementsOf(without.ids());
  }

  @ParameterizedTest
  @EnumSource(
      value = Grouping.Method.class,
      names = {"K_MEANS", "GAUSSIAN_MIXTURE"})
  void sameRowsGiveSameTablesAtAnyPartitioning(Grouping.Method method, SparkSession spark) {
    PersonaRules rules =
        new PersonaRules(PlantedGroups.FEATURES, 10, 4, 4, 1, 150, 3)
            .with(new Grouping(method, 0.02, 0.5));
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 300, 0).localCheckpoint();

    AnyPartitioning.assertSame(
        features,
        rows -> {
          FoundPersonas found = find(rows, rules);
          return found
              .customerPersonas()
              .join(found.personas(), new String[] {"as_of", "persona_id"}, "full_outer");
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2"})
  void fewCustomersGiveNoMorePersonasThanTheyAre(int customers, int personas, SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, customers, 0);

    FoundPersonas found = find(features, RULES);

    assertThat(found.personas().count()).isEqualTo(personas).isEqualTo(found.size());
    assertThat(found.customerPersonas().count()).isEqualTo(customers);
    assertThat(FindPersonas.train(features, MONDAY, RULES, PastTrainings.NONE).isPresent())
        .isEqualTo(customers > 0);
  }

  @Test
  void customersWhoAreAllAlikeAreOnePersona(SparkSession spark) {
    Dataset<Row> features =
        PlantedGroups.features(spark, MONDAY, 40, 0).where(col("kind").equalTo(3));

    FoundPersonas found = find(features, RULES);

    assertRows(
        found.personas(),
        """
        name              | description                            | customers_count | share | rule | rule_fidelity
        Average customers | Close to the average in every feature. | 10              | 1.0   | true | 1.0
        """);
    assertThat(found.customerPersonas().where("distance = 0 and confidence = 1").count())
        .isEqualTo(10);
  }

  private static PersonaRecovery recovery(FoundPersonas found, Dataset<Row> features) {
    return PersonaRecovery.of(
        found
            .customerPersonas()
            .join(features, "customer_id")
            .groupBy("persona_id", "kind")
            .agg(count(lit(1)))
            .collectAsList()
            .stream()
            .map(row -> new Overlap(row.getString(0), "kind " + row.get(1), row.getLong(2)))
            .toList());
  }

  private static Row with(String name, List<Row> personas) {
    return personas.stream()
        .filter(row -> row.<String>getAs(Personas.NAME).startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no persona called " + name + " in " + personas));
  }

  private static FoundPersonas find(Dataset<Row> features, PersonaRules rules) {
    return FindPersonas.train(features, MONDAY, rules, PastTrainings.NONE)
        .map(training -> FindPersonas.assign(features, training.model(), MONDAY, rules))
        .orElseGet(() -> FindPersonas.nobody(features));
  }

  private static PersonaModel model(Dataset<Row> features, PersonaRules rules) {
    return FindPersonas.train(features, MONDAY, rules, PastTrainings.NONE).orElseThrow().model();
  }

  private static PersonaModel train(
      Dataset<Row> features, LocalDate asOf, PersonaRules rules, PersonaModel before) {
    return FindPersonas.train(features, asOf, rules, PastTrainings.after(List.of(before)))
        .orElseThrow()
        .model();
  }
}
