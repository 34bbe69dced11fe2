package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The options of commands that run stages. */
final class NightOptions {

  @Option(
      names = "--full-refresh",
      description = {
        "Looks at everyone anew, whatever earlier nights have seen. Raw files are not read again:",
        "for that, there is itinera nightly --reload."
      })
  private boolean fullRefresh;

  boolean fullRefresh() {
    return fullRefresh;
  }

  /** The configured night, else yesterday. */
  static LocalDate asOf(ItineraConfig config) {
    return config.asOf().orElseGet(() -> LocalDate.now(config.timeZone()).minusDays(1));
  }
}
