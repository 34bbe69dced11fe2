package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One step of the night.
 *
 * @param name as in {@code run_stages} and on the command line
 * @param needs the stages that must have seen the newest data before it
 * @param inputs the tables whose change makes the stage run again; none: it always runs
 * @param outputs the tables it writes
 * @param rules the settings it depends on; another value affects everyone
 * @param job reads, computes, writes
 */
public record Stage(
    String name,
    List<Stage> needs,
    List<Table> inputs,
    List<Table> outputs,
    Function<ItineraConfig, Object> rules,
    Job job) {

  /** Reads tables, calls a step of core, writes tables. */
  @FunctionalInterface
  public interface Job {
    void run(StageContext context);
  }

  boolean alwaysRuns() {
    return inputs.isEmpty();
  }

  /**
   * Hash of the settings that the stage depends on, and of what its inputs were made with: where a
   * stage that it needs looked at everyone anew, so must this one.
   *
   * @param seen what each stage had seen when it last succeeded
   */
  String rulesHash(ItineraConfig config, Map<String, SeenInputs> seen) {
    Map<String, String> bases = new TreeMap<>();
    for (Stage needed : needs) {
      SeenInputs last = seen.get(needed.name());
      if (!needed.alwaysRuns() && last != null) {
        bases.put(needed.name(), last.basis());
      }
    }
    return Fingerprint.of(List.of(rules.apply(config), bases));
  }
}
