package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The options of commands that run stages. */
final class NightOptions {

  @Option(
      names = "--full-refresh",
      description = "Rebuilds from the raw facts, whatever earlier nights have seen.")
  private boolean fullRefresh;

  boolean fullRefresh() {
    return fullRefresh;
  }

  /** The configured night, else yesterday. */
  static LocalDate asOf(ItineraConfig config) {
    return config.asOf().orElseGet(() -> LocalDate.now(config.timeZone()).minusDays(1));
  }
}
