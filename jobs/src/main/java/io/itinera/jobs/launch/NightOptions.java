package io.itinera.jobs.launch;

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
}
