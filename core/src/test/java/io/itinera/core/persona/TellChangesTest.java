package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.FindPersonas.Training;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two trainings of the same customers, and what is said of them. */
@ExtendWith(SparkExtension.class)
class TellChangesTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 12, 31);

  @Test
  void everyPersonaOfTheFirstTrainingAppears(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 200, 0);

    Training first = train(features, MONDAY, of(4), List.of());

    assertThat(first.changes())
        .extracting(each -> each.kind() + " " + each.detail())
        .containsOnly("APPEARED First training.")
        .hasSize(4);
  }

  @Test
  void whereNothingChangedNothingIsSaid(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 200, 0);
    PersonaModel first = train(features, MONDAY, of(4), List.of()).model();

    assertThat(train(features, TUESDAY, of(4), List.of(first)).changes()).isEmpty();
  }

  @Test
  void customersOfFourKindsWhoWereHeldForTwoArePartsOfThese(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 200, 0);
    PersonaModel two = train(features, MONDAY, of(2), List.of()).model();

    Training four = train(features, TUESDAY, of(4), List.of(two));
    Training back = train(features, TUESDAY.plusDays(1), of(2), List.of(two, four.model()));

    assertThat(kinds(four)).contains("split", "appeared");
    assertThat(four.changes())
        .filteredOn(each -> each.kind() == PersonaChange.Kind.SPLIT)
        .allMatch(each -> two.ids().contains(each.personaId()))
        .extracting(PersonaChange::detail)
        .allMatch(detail -> detail.matches("Into \".+\" \\(\\d+ %\\)(, \".+\" \\(\\d+ %\\))+\\."));
    assertThat(kinds(back)).contains("merged", "vanished");
    assertThat(back.changes())
        .filteredOn(each -> each.kind() == PersonaChange.Kind.VANISHED)
        .allMatch(each -> four.model().ids().contains(each.personaId()))
        .noneMatch(each -> back.model().ids().contains(each.personaId()));
  }

  @Test
  void whoViewsMoreThanBeforeDrifts(SparkSession spark) {
    PersonaModel first =
        train(PlantedGroups.features(spark, MONDAY, 200, 0), MONDAY, of(4), List.of()).model();

    Training second =
        train(PlantedGroups.features(spark, TUESDAY, 200, 2), TUESDAY, of(4), List.of(first));

    assertThat(second.changes())
        .filteredOn(each -> each.kind() == PersonaChange.Kind.DRIFTED)
        .isNotEmpty()
        .extracting(PersonaChange::detail)
        .allMatch(detail -> detail.contains("most in page views: from 0.00 to 2.00"));
  }

  @Test
  void otherFeaturesMakeOtherPersonas(SparkSession spark) {
    Dataset<Row> features = PlantedGroups.features(spark, MONDAY, 200, 0);
    PersonaModel first = train(features, MONDAY, of(4), List.of()).model();
    PersonaRules fewer =
        new PersonaRules(java.util.Map.of("orders", "1", "page_views", "1"), 10, 2, 2, 1, 1000, 3);

    Training second = train(features, TUESDAY, fewer, List.of(first));

    assertThat(kinds(second)).containsOnly("appeared", "vanished").hasSize(6);
  }

  private static List<String> kinds(Training training) {
    return training.changes().stream().map(each -> each.row(TUESDAY).getString(2)).toList();
  }

  private static Training train(
      Dataset<Row> features, LocalDate asOf, PersonaRules rules, List<PersonaModel> earlier) {
    return FindPersonas.train(features, asOf, rules, PastTrainings.after(earlier)).orElseThrow();
  }

  private static PersonaRules of(int size) {
    return new PersonaRules(PlantedGroups.FEATURES, 10, size, size, 1, 1000, 3);
  }
}
