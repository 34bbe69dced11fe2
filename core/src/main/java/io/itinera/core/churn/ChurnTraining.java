package io.itinera.core.churn;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.value.ModelReport;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a training found: what nights tell churn by until the next one.
 *
 * @param asOf day of the training; nothing later is in it
 * @param version hash of what decided about it
 * @param candidate the model that was chosen
 * @param scorer what it learnt; none where the model of purchases stays
 * @param reports how the candidates did
 * @param daysVersion version of {@code customer_days} that it learnt from, or {@link #UNKNOWN}
 */
public record ChurnTraining(
    LocalDate asOf,
    String version,
    Candidate candidate,
    Optional<ChurnScorer> scorer,
    List<ModelReport> reports,
    long daysVersion) {

  /** Nobody noted what it learnt from. */
  public static final long UNKNOWN = -1;

  public ChurnTraining {
    reports = List.copyOf(reports);
  }

  /** Whether customers are told by what was learnt from behaviour. */
  public boolean isLearnt() {
    return scorer.isPresent();
  }

  /** The same, learnt from that version of {@code customer_days}. */
  public ChurnTraining learntFrom(long version) {
    return new ChurnTraining(asOf, this.version, candidate, scorer, reports, version);
  }
}
