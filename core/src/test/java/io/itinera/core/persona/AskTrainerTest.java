package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of classes of somebody's own that are of no use. */
@ExtendWith(SparkExtension.class)
class AskTrainerTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                              | returned a model that adds no column prediction",
        "*, 'a' AS prediction           | whose column prediction is no number but string",
        "orders, 1 AS prediction        | returned a model that drops the column customer_id",
        "*, no_such_column AS prediction| failed on 40 customers:"
            + " org.apache.spark.sql.AnalysisException: ",
        "*, 0.5 AS prediction           | predicts no whole number from 0 to 99 for any customer",
        "*, 100 AS prediction           | predicts no whole number from 0 to 99 for any customer"
      })
  void modelThatGroupsNobodyIsRefused(String columns, String problem, SparkSession spark) {
    assertThatThrownBy(() -> train(selecting(columns), spark))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Class io.itinera.core.persona.AskTrainerTest")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("set the key to none, and run the night again.");
  }

  @Test
  void failureOfTheClassIsToldWithItsReason(SparkSession spark) {
    PersonaTrainer failing =
        (customers, features, seed) -> {
          throw new IllegalArgumentException("no idea");
        };

    assertThatThrownBy(() -> train(failing, spark))
        .hasMessageContaining(
            "failed on 40 customers: java.lang.IllegalArgumentException: no idea");
    assertThatThrownBy(() -> train((customers, features, seed) -> null, spark))
        .hasMessageContaining("returned null instead of a PipelineModel");
  }

  @Test
  void classIsNotAskedAboutNobody(SparkSession spark) {
    PersonaRules rules = by((customers, features, seed) -> null);

    assertThat(FindPersonas.learnt(PlantedGroups.features(spark, MONDAY, 0, 0), rules)).isEmpty();
  }

  @Test
  void versionIsThatOfTheClassAndNotOfWhatItLearnt(SparkSession spark) {
    PersonaRules rules = by(selecting("*, 1 AS prediction"));
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 40, 0);

    PersonaRules learnt = FindPersonas.learnt(features, rules).orElseThrow();

    assertThat(learnt.grouping().own().orElseThrow().loaded()).isPresent();
    assertThat(learnt.version()).isEqualTo(rules.version());
    assertThat(rules.version()).isNotEqualTo(PlantedGroups.RULES.version());
  }

  private static Optional<FindPersonas.Training> train(PersonaTrainer trainer, SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 40, 0);
    return FindPersonas.learnt(features, by(trainer))
        .flatMap(rules -> FindPersonas.train(features, MONDAY, rules, PastTrainings.NONE));
  }

  private static PersonaRules by(PersonaTrainer trainer) {
    return PlantedGroups.RULES.with(Grouping.USUAL.with(OwnModel.by(trainer)));
  }

  private static PersonaTrainer selecting(String columns) {
    return (customers, features, seed) ->
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SQLTransformer().setStatement("SELECT " + columns + " FROM __THIS__")
                })
            .fit(customers);
  }
}
