package io.itinera.jobs.launch;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Size and place of the sample company. */
final class SampleOptions {

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "2000",
      description = "People in the company, default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "60",
      description = "Days of raw files, default ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Same seed, same bytes; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "itinera-demo",
      description = "Folder that is written, default ${DEFAULT-VALUE}.")
  private Path dir;

  int customers() {
    return customers;
  }

  int days() {
    return days;
  }

  long seed() {
    return seed;
  }

  Path dir() {
    return dir;
  }
}
