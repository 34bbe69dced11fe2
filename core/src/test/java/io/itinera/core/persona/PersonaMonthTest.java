package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.FindPersonas.Training;
import io.itinera.core.persona.PersonaChange.Kind;
import io.itinera.core.table.Personas;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month in which customers of four kinds come and do more and more: they stay who they are. */
@ExtendWith(SparkExtension.class)
class PersonaMonthTest {

  private static final LocalDate FIRST = LocalDate.of(2025, 3, 5);
  private static final PersonaRules RULES = PlantedGroups.RULES.with(new Retraining(7, 0.25));

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void idsStayOverThirtyNightsAndTheirTrainings(int customersPerNight, SparkSession spark) {
    List<PersonaModel> models = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<Integer> sizes = new HashSet<>();
    for (int night = 0; night < 30; night++) {
      LocalDate asOf = FIRST.plusDays(night);
      LocalDate day = RULES.retraining().trainedAt(asOf);
      if (models.isEmpty() || models.get(models.size() - 1).asOf().isBefore(day)) {
        int before = (int) (night - (asOf.toEpochDay() - day.toEpochDay()));
        Training training =
            FindPersonas.train(
                    customers(spark, day, before, customersPerNight),
                    day,
                    RULES,
                    PastTrainings.after(models))
                .orElseThrow();
        assertThat(training.changes())
            .extracting(PersonaChange::kind)
            .doesNotContain(models.isEmpty() ? Kind.VANISHED : Kind.APPEARED);
        models.add(training.model());
      }
      if (night % 5 == 0) {
        PersonaModel model = models.get(models.size() - 1);
        Dataset<Row> features = customers(spark, asOf, night, customersPerNight);
        FoundPersonas found = FindPersonas.assign(features, model, asOf, RULES);
        assertThat(FindPersonas.isOutgrown(model, found, RULES)).isFalse();
        sizes.add(found.size());
        found
            .personas()
            .select(Personas.PERSONA_ID)
            .collectAsList()
            .forEach(row -> ids.add(row.getString(0)));
      }
    }
    assertThat(models).hasSize(5);
    assertThat(sizes).containsExactly(4);
    assertThat(ids).hasSize(4);
  }

  /** Each night brings some customers more; what all did grows by a fiftieth. */
  private static Dataset<Row> customers(
      SparkSession spark, LocalDate asOf, int night, int customersPerNight) {
    double grown = Math.pow(1.02, night);
    return PlantedGroups.features(spark, asOf, 160 + night * customersPerNight, 0)
        .withColumn("orders", org.apache.spark.sql.functions.expr("orders * " + grown))
        .withColumn("page_views", org.apache.spark.sql.functions.expr("page_views * " + grown));
  }
}
