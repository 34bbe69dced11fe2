package io.itinera.jobs.launch;

import io.itinera.core.sample.SampleRules;
import io.itinera.jobs.process.MisuseException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Size and place of the sample company. */
final class SampleOptions {

  /** Customers times days up to which compiling takes longer than what it saves. */
  private static final long LITTLE = 100_000;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "200",
      description = "People in the company, default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "30",
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

  /**
   * The company that these options ask for.
   *
   * @throws MisuseException if there is no such company
   */
  SampleRules rules() {
    try {
      return SampleRules.of(customers, days, seed);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e.getMessage());
    }
  }

  /**
   * Whether the company has few enough people and days for {@code options} to expect little data.
   */
  boolean isLittle() {
    return customers * (long) days <= LITTLE;
  }

  Path dir() {
    return dir;
  }
}
