package io.itinera.core.churn;

import io.itinera.core.rule.CalendarDays;
import io.itinera.core.value.ValueRules;
import java.time.LocalDate;
import java.util.List;

/**
 * What may tell who orders nothing for some time, and when that is learnt.
 *
 * @param models candidates, with the model of purchases among them
 * @param everyDays days from one training to the next, counted from a Sunday
 * @param leastLabelled so many customers at least must have ordered something, and as many nothing,
 *     behind a cut-off that is learnt from or judged by
 * @param mostCustomers so many customers at most are learnt from, chosen by a hash of their id
 */
public record ChurnRules(
    List<Candidate> models, int everyDays, int leastLabelled, int mostCustomers) {

  /** What may tell it. */
  public enum Candidate {
    /** The model of purchases that values customers; it needs no examples. */
    VALUE_MODEL("value-model"),
    LOGISTIC_REGRESSION("logistic-regression"),
    BOOSTED_TREES("boosted-trees");

    private final String text;

    Candidate(String text) {
      this.text = text;
    }

    /** As in settings and tables. */
    public String text() {
      return text;
    }
  }

  public ChurnRules {
    models = List.copyOf(models);
    if (!models.contains(Candidate.VALUE_MODEL)) {
      throw new IllegalArgumentException(
          "models must have value-model among them: it tells churn where too little is known to"
              + " learn from; were "
              + models.stream().map(Candidate::text).toList());
    }
    if (mostCustomers < 2 * leastLabelled) {
      throw new IllegalArgumentException(
          "most-customers must be at least twice least-labelled (%d), was %d"
              .formatted(leastLabelled, mostCustomers));
    }
  }

  /** Those that learn from behaviour. */
  public List<Candidate> learners() {
    return models.stream().filter(each -> each != Candidate.VALUE_MODEL).distinct().toList();
  }

  /** The last day of the calendar, up to {@code asOf}, on which models learn. */
  public LocalDate trainedAt(LocalDate asOf) {
    return new CalendarDays(everyDays).lastUpTo(asOf);
  }

  /** A hash of what decides about a training, whenever that is. */
  public String version(ValueRules value) {
    String all =
        "%s %d %d %d %s %s"
            .formatted(
                models,
                leastLabelled,
                mostCustomers,
                value.churnWindow(),
                value.models(),
                List.of(Behaviour.values()));
    return "%08x".formatted(all.hashCode());
  }
}
