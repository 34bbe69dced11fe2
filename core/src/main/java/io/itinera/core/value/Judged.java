package io.itinera.core.value;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models as they were chosen, and what was found out about them.
 *
 * @param scoring scores customers; empty where there is too little to learn from
 * @param valueRefusal why its forecast of orders may not be published: it was no better than the
 *     naive one
 * @param churnRefusal why its churn scores may not be published: they were no better
 * @param reports all figures
 * @param known customers who had ordered two churn windows ago
 */
public record Judged(
    Optional<ScoreCustomer> scoring,
    Optional<String> valueRefusal,
    Optional<String> churnRefusal,
    List<ModelReport> reports,
    long known) {

  /** Whether its forecast of orders may be published. */
  public boolean isValuable() {
    return scoring.isPresent() && valueRefusal.isEmpty();
  }

  /** Whether its churn scores may be published. */
  public boolean isChurnTelling() {
    return scoring.isPresent() && churnRefusal.isEmpty();
  }

  /** Why something is not published, each a sentence. */
  public List<String> refusals() {
    return Stream.of(valueRefusal, churnRefusal).flatMap(Optional::stream).toList();
  }
}
