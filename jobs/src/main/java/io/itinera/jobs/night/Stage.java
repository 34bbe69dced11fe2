package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import java.util.List;
import java.util.function.Function;

/**
 * One step of the night.
 *
 * @param name as in {@code run_stages} and on the command line
 * @param inputs the tables whose change makes the stage run again; none: it always runs
 * @param outputs the tables it writes
 * @param rules the settings it depends on; another value affects everyone
 * @param job reads, computes, writes
 */
public record Stage(
    String name,
    List<Table> inputs,
    List<Table> outputs,
    Function<ItineraConfig, Object> rules,
    Job job) {

  /** Reads tables, calls a step of core, writes tables. */
  @FunctionalInterface
  public interface Job {
    void run(StageContext context);
  }

  String rulesHash(ItineraConfig config) {
    return Fingerprint.of(rules.apply(config));
  }
}
