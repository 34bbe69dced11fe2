package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs.Furthest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each stage has seen, tonight's included; decides from it what a stage has to look at.
 *
 * <p>A stage may continue from what it had seen only as long as its settings are the same and its
 * inputs continue, too. Where a stage that it needs looked at everyone anew – because of other
 * settings, a full refresh or an earlier night, alone or as part of a night – so must it.
 */
final class SeenSoFar {

  private final Map<String, SeenInputs> seen;
  private final Lake lake;
  private final ItineraConfig config;
  private final Night night;

  SeenSoFar(Map<String, SeenInputs> seen, Lake lake, ItineraConfig config, Night night) {
    this.seen = new HashMap<>(seen);
    this.lake = lake;
    this.config = config;
    this.night = night;
  }

  /** What {@code stage} had seen when it last succeeded. */
  Optional<SeenInputs> last(Stage stage) {
    return Optional.ofNullable(seen.get(stage.name()));
  }

  String rulesHash(Stage stage) {
    return stage.rulesHash(config, seen);
  }

  /**
   * What {@code stage} can continue from; empty where it must look at everyone.
   *
   * @param reader the lake that the stage will read
   */
  Optional<SeenInputs> usable(Stage stage, Lake reader, Progress progress) {
    return last(stage)
        .filter(last -> !night.fullRefresh())
        .filter(last -> last.rulesHash().equals(rulesHash(stage)))
        .filter(last -> !last.asOf().isAfter(night.asOf()))
        .filter(last -> canTellChanges(stage, last, reader, progress));
  }

  /** VACUUM may have removed what a stage that lags behind has yet to see. */
  private boolean canTellChanges(Stage stage, SeenInputs last, Lake reader, Progress progress) {
    for (Table table : stage.inputs()) {
      if (!reader.hasChangesSince(table, last.version(table))) {
        progress.note(
            "%s looks at everyone: what changed in %s since version %d was removed by VACUUM"
                .formatted(stage.name(), table.name(), last.version(table)));
        return false;
      }
    }
    return true;
  }

  /** Whether there is nothing in its inputs that {@code stage} had not seen for this night. */
  boolean isUpToDate(Stage stage, SeenInputs last) {
    return !stage.alwaysRuns()
        && last.asOf().equals(night.asOf())
        && stage.inputs().stream().allMatch(table -> lake.version(table) == last.version(table));
  }

  /** The run that the rows of a stage go back to that continues from {@code usable}. */
  String basis(Optional<SeenInputs> usable) {
    return usable.map(SeenInputs::basis).orElse(night.runId());
  }

  /**
   * Notes that {@code stage} succeeded.
   *
   * @param usable what it continued from
   * @param versions those of its inputs
   */
  void add(Stage stage, String rulesHash, Optional<SeenInputs> usable, Map<String, Long> versions) {
    Furthest furthest =
        last(stage)
            .map(SeenInputs::furthest)
            .filter(most -> night.asOf().isBefore(most.asOf()))
            .orElse(new Furthest(night.asOf(), night.runId()));
    seen.put(
        stage.name(), new SeenInputs(night.asOf(), rulesHash, basis(usable), versions, furthest));
  }

  /**
   * Looks at the stages that {@code stage} needs, and those that they need.
   *
   * @throws IllegalStateException if one has not seen the newest data, or last ran under other
   *     settings than today's: what comes of it would be a mixture that no later night mends
   */
  void requireWhatItNeeds(Stage stage) {
    for (Stage needed : stage.needs()) {
      whyBehind(needed)
          .ifPresent(
              why -> {
                throw new IllegalStateException(why);
              });
    }
  }

  private Optional<String> whyBehind(Stage needed) {
    if (needed.alwaysRuns()) {
      return Optional.empty();
    }
    for (Stage deeper : needed.needs()) {
      Optional<String> why = whyBehind(deeper);
      if (why.isPresent()) {
        return why;
      }
    }
    Optional<SeenInputs> last = last(needed);
    if (last.filter(known -> isUpToDate(needed, known)).isEmpty()) {
      return Optional.of(why(needed, "has not seen the newest data"));
    }
    return last.get().rulesHash().equals(rulesHash(needed))
        ? Optional.empty()
        : Optional.of(why(needed, "last ran under other settings"));
  }

  private String why(Stage needed, String fault) {
    return "it needs what %1$s makes, and %1$s %2$s; run itinera %1$s --as-of %3$s first, or itinera nightly"
        .formatted(needed.name(), fault, night.asOf());
  }
}
