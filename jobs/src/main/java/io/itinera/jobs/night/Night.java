package io.itinera.jobs.night;

import io.itinera.jobs.config.ItineraConfig;
import java.time.LocalDate;

/**
 * One night's work.
 *
 * @param runId id of the run, sorts by start
 * @param asOf last full day that the night covers
 * @param fullRefresh whether everyone is affected, whatever was seen before
 * @param reload raw files that are read again though they were loaded
 */
public record Night(String runId, LocalDate asOf, boolean fullRefresh, Reload reload) {

  /** A night that reads no file twice. */
  public Night(String runId, LocalDate asOf, boolean fullRefresh) {
    this(runId, asOf, fullRefresh, Reload.NONE);
  }

  /** The last full day to cover: the one that the configuration names, else yesterday. */
  public static LocalDate dayToRun(ItineraConfig config) {
    return config.asOf().orElseGet(() -> LocalDate.now(config.timeZone()).minusDays(1));
  }
}
