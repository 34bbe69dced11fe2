package io.itinera.core.churn;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.value.ChurnBin;
import io.itinera.core.value.MeasureChurn;
import java.util.List;

/**
 * A candidate, and what it said of customers of whom it is known what came.
 *
 * @param candidate the model
 * @param calibration what makes probabilities of what it said
 * @param scored what it said of each customer, and what came
 */
record JudgedChurn(Candidate candidate, Calibration calibration, List<ChurnBin> scored) {

  double brier() {
    return MeasureChurn.brier(scored);
  }
}
