package io.itinera.core.persona;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trainings that a training continues.
 *
 * @param earlier of earlier days, by day
 * @param superseded of the same day, where that learnt from days that have changed since: what it
 *     called its personas has been told already
 */
public record PastTrainings(List<PersonaModel> earlier, Optional<PersonaModel> superseded) {

  /** There was none. */
  public static final PastTrainings NONE = after(List.of());

  public PastTrainings {
    earlier = List.copyOf(earlier);
  }

  /** None of them is superseded. */
  public static PastTrainings after(List<PersonaModel> earlier) {
    return new PastTrainings(earlier, Optional.empty());
  }

  /** The training before, if any. */
  Optional<PersonaModel> before() {
    return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.get(earlier.size() - 1));
  }

  /** All persona ids that are some persona's already. */
  Set<String> ids() {
    Set<String> ids = new HashSet<>();
    earlier.forEach(model -> ids.addAll(model.ids()));
    superseded.ifPresent(model -> ids.addAll(model.ids()));
    return ids;
  }
}
