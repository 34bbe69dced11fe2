package io.itinera.jobs.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the sample company's raw files, and the truth about them. */
@Command(
    name = "generate",
    description = "Writes a sample company: DIR/landing, DIR/truth and DIR/itinera.conf.")
final class GenerateCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private SampleOptions sample;

  @Override
  public Integer call() {
    throw new IllegalStateException(
        "the sample company is not part of this build: %s, %s"
            .formatted(sample.dir(), options.read().warehouse()));
  }
}
