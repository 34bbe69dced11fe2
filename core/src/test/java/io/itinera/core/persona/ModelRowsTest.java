package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.table.PersonaModels;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class ModelRowsTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);

  @ParameterizedTest
  @EnumSource(
      value = Grouping.Method.class,
      names = {"K_MEANS", "GAUSSIAN_MIXTURE"})
  void modelsComeBackAsTheyWereAndAssignAlike(Grouping.Method method, SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 200, 0).localCheckpoint();
    PersonaRules rules = rules(new Grouping(method, 0.02, 0.5));
    PersonaModel first =
        FindPersonas.train(features, MONDAY, rules, PastTrainings.NONE).orElseThrow().model();
    PersonaModel second =
        FindPersonas.train(features, MONDAY.plusDays(7), rules, PastTrainings.after(List.of(first)))
            .orElseThrow()
            .model()
            .learntFrom(12);

    List<Row> rows = ModelRows.rows(List.of(first, second));
    List<PersonaModel> read =
        ModelRows.models(
            spark
                .createDataFrame(rows, PersonaModels.TABLE.schema())
                .repartition(5)
                .collectAsList());

    assertThat(read)
        .extracting(PersonaModel::personas)
        .containsExactly(first.personas(), second.personas());
    assertThat(read.get(1).asOf()).isEqualTo(second.asOf());
    assertThat(read.get(1).criteria()).isEqualTo(second.criteria());
    assertThat(read)
        .extracting(PersonaModel::daysVersion)
        .containsExactly(PersonaModel.UNKNOWN, 12L);
    assertThat(read.get(0).scaling().sql()).isEqualTo(first.scaling().sql());
    assertThat(
            FindPersonas.assign(features, read.get(0), MONDAY, rules)
                .customerPersonas()
                .collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            FindPersonas.assign(features, first, MONDAY, rules).customerPersonas().collectAsList());
  }

  @Test
  void scalingInSqlIsThatInJava(SparkSession spark) {
    List<String> features = List.of("a", "b", "c", "d");
    List<double[]> points =
        List.of(
            new double[] {-3, 7, 1, 0.5},
            new double[] {0, 8, 2, 0},
            new double[] {1e6, -9, 4, 1},
            new double[] {2, 0, 1e5, 0.1});
    Scaling scaling =
        Scaling.of(
            features,
            Map.of("b", Transform.LINEAR, "c", Transform.ROBUST, "d", Transform.SHARE),
            points);

    for (double[] point : points) {
      String values =
          "%sD AS a, %sD AS b, %sD AS c, %sD AS d"
              .formatted(point[0], point[1], point[2], point[3]);
      List<Double> inSql =
          spark
              .sql("SELECT %s FROM (SELECT %s)".formatted(scaling.sql(), values))
              .head()
              .getList(0);
      double[] inJava = scaling.apply(point);
      for (int i = 0; i < inJava.length; i++) {
        assertThat(inSql.get(i)).isCloseTo(inJava[i], within(1e-12));
      }
    }
  }

  /** Planted groups, of which two features are not damped. */
  private static PersonaRules rules(Grouping grouping) {
    PersonaRules planted = PlantedGroups.RULES;
    return new PersonaRules(
        planted.features(),
        planted.windowDays(),
        planted.fewest(),
        planted.most(),
        planted.seed(),
        planted.trainingRows(),
        planted.namedFeatures(),
        new FeatureUse(
            Set.of(),
            Map.of(),
            Set.of(),
            "true",
            Map.of("store_share", Transform.SHARE, "complaints", Transform.LINEAR),
            Map.of(),
            FeatureUnits.BY_NAME),
        planted.retraining(),
        grouping);
  }

  @Test
  void trainingsAreOnDaysOfTheCalendar() {
    Retraining weekly = new Retraining(7, 1);
    LocalDate sunday = LocalDate.of(2026, 2, 1);

    assertThat(IntStream.range(0, 7).mapToObj(day -> weekly.trainedAt(sunday.plusDays(day))))
        .containsOnly(sunday);
    assertThat(weekly.trainedAt(sunday.minusDays(1))).isEqualTo(sunday.minusDays(7));
    assertThat(weekly.trainedAt(LocalDate.of(1969, 12, 31))).isEqualTo(LocalDate.of(1969, 12, 28));
    assertThat(Retraining.NIGHTLY.trainedAt(sunday.plusDays(3))).isEqualTo(sunday.plusDays(3));
  }
}
