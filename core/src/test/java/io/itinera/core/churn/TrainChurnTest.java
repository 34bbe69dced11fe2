package io.itinera.core.churn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.value.FitPurchases.Kind;
import io.itinera.core.value.ModelReport;
import io.itinera.core.value.ValueRules;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TrainChurnTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
  private static final ValueRules VALUE =
      new ValueRules(List.of(Kind.BG_NBD), List.of(90), List.of(30), 30, 1, 0.1, 50);
  private static final ChurnRules ALL = rules(Candidate.values());

  @Test
  void complaintsThatDriveCustomersAwayAreFoundAndTold(SparkSession spark) {
    Dataset<Row> days = PlantedChurn.complainers(spark, AS_OF, 1_500).localCheckpoint();

    ChurnTraining training = TrainChurn.train(days, AS_OF, VALUE, ALL);

    assertThat(training.isLearnt()).isTrue();
    String chosen = "churn-" + training.candidate().text();
    assertThat(report(training, chosen, "brier").value())
        .isLessThan(report(training, "churn-value-model", "brier").value() - 0.01)
        .isLessThan(report(training, chosen, "brier").baseline());
    assertThat(report(training, chosen, "auc").value())
        .isGreaterThan(report(training, "churn-value-model", "auc").value() + 0.05);
    ModelReport first =
        training.reports().stream()
            .filter(each -> each.metric().startsWith("trigger-"))
            .findFirst()
            .orElseThrow();
    assertThat(first.metric()).isEqualTo("trigger-complaint");
    assertThat(first.detail()).endsWith("the more complaints, the likelier no order");

    List<Row> scores = ScoreChurn.scores(days, training, AS_OF, VALUE).collectAsList();
    List<Row> complained = scores.stream().filter(TrainChurnTest::isComplaining).toList();
    assertThat(complained).hasSizeBetween(scores.size() / 10, scores.size() / 2);
    assertThat(mean(complained)).isGreaterThan(0.8);
    assertThat(mean(scores.stream().filter(row -> !isComplaining(row)).toList()))
        .isCloseTo(Math.pow(24 / 25.0, 30), within(0.1));
  }

  @Test
  void whereNothingIsToBeLearntTheValueModelStays(SparkSession spark) {
    ChurnTraining training =
        TrainChurn.train(PlantedChurn.untold(spark, AS_OF, 1_500), AS_OF, VALUE, ALL);

    assertThat(training.isLearnt()).isFalse();
    assertThat(training.candidate()).isEqualTo(Candidate.VALUE_MODEL);
    for (Candidate each : Candidate.values()) {
      ModelReport brier = report(training, "churn-" + each.text(), "brier");
      assertThat(brier.value()).isLessThan(brier.baseline());
      assertThat(report(training, "churn-" + each.text(), "calibration-10").sample()).isPositive();
    }
    assertThat(report(training, "churn-value-model", "chosen").value()).isEqualTo(1);
  }

  @Test
  void tooFewCustomersTeachNothing(SparkSession spark) {
    ChurnTraining training =
        TrainChurn.train(PlantedChurn.complainers(spark, AS_OF, 60), AS_OF, VALUE, ALL);

    assertThat(training.isLearnt()).isFalse();
    assertThat(training.reports())
        .extracting(ModelReport::metric)
        .containsExactly("labelled-customers");
  }

  @Test
  void neitherWhatComesLaterNorHowRowsLieChangesATraining(SparkSession spark) {
    ChurnRules rules = rules(Candidate.VALUE_MODEL, Candidate.LOGISTIC_REGRESSION);
    Dataset<Row> days = PlantedChurn.complainers(spark, AS_OF.plusDays(30), 300);
    Dataset<Row> known = days.where(col("event_date").leq(lit(AS_OF))).repartition(7);

    ChurnTraining training = TrainChurn.train(days.coalesce(1), AS_OF, VALUE, rules);

    assertThat(training.reports()).extracting(ModelReport::metric).contains("auc");
    assertThat(TrainChurn.train(known, AS_OF, VALUE, rules)).isEqualTo(training);
  }

  @Test
  void treesLearnFromTheSameCustomersInTheSameOrderHoweverRowsLie(SparkSession spark) {
    Dataset<Row> days = PlantedChurn.complainers(spark, AS_OF, 300);
    TrainChurn training = new TrainChurn(AS_OF, VALUE, new ChurnRules(ALL.models(), 7, 40, 100));

    List<Row> examples = training.examples(days.coalesce(1), AS_OF.minusDays(30)).collectAsList();

    assertThat(examples).hasSize(100);
    assertThat(training.examples(days.repartition(7), AS_OF.minusDays(30)).collectAsList())
        .isEqualTo(examples);
  }

  private static ChurnRules rules(Candidate... candidates) {
    return new ChurnRules(Arrays.asList(candidates), 7, 40, 10_000);
  }

  private static ModelReport report(ChurnTraining training, String model, String metric) {
    return training.reports().stream()
        .filter(each -> each.model().equals(model) && each.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isComplaining(Row row) {
    return row.<String>getList(row.fieldIndex(ChurnScores.TOP_REASONS)).stream()
        .anyMatch(reason -> reason.matches("\\d+ complaints? in the last 90 days"));
  }

  private static double mean(List<Row> scores) {
    return scores.stream()
        .mapToDouble(row -> row.<Double>getAs(ChurnScores.CHURN_PROBABILITY))
        .average()
        .orElseThrow();
  }
}
