package io.itinera.core.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.value.ModelReport;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TrainingRowsTest {

  private static final LocalDate SUNDAY = LocalDate.of(2024, 6, 30);
  private static final List<Double> NUMBERS =
      Collections.nCopies(Behaviour.values().length, 1 / 3.0);
  private static final List<ModelReport> REPORTS =
      List.of(
          new ModelReport("churn-boosted-trees", "auc", 0.8, 0.7, 900, "a figure, told"),
          new ModelReport("churn-boosted-trees", "chosen", 1, null, 900, "it is"));

  @Test
  void trainingsComeBackAsTheyWere(SparkSession spark) {
    Margin trees = new TreesMargin(List.of(Decision.of("complaints <= 0.5 ? -0.25 : 0.75")));
    List<ChurnTraining> trainings =
        List.of(
            training(SUNDAY, Candidate.BOOSTED_TREES, Optional.of(trees)),
            training(
                SUNDAY.plusDays(7),
                Candidate.LOGISTIC_REGRESSION,
                Optional.of(new LinearMargin(-0.5, NUMBERS))),
            training(SUNDAY.plusDays(14), Candidate.VALUE_MODEL, Optional.empty()));

    List<Row> rows = trainings.stream().map(TrainingRows::row).toList();

    assertThat(
            spark.createDataFrame(rows, ChurnModels.TABLE.schema()).collectAsList().stream()
                .map(TrainingRows::training))
        .containsExactlyElementsOf(trainings);
  }

  private static ChurnTraining training(
      LocalDate day, Candidate candidate, Optional<Margin> margin) {
    Optional<ChurnScorer> scorer =
        margin.map(each -> new ChurnScorer(each, new Calibration(0.9, -0.1), NUMBERS));
    return new ChurnTraining(day, "hash", candidate, scorer, REPORTS, 3);
  }
}
