package io.itinera.jobs.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the sample company, runs its nights and shows what came out. */
@Command(
    name = "demo",
    description = "Makes a sample company, runs its nights and shows what came out.")
final class DemoCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private SampleOptions sample;

  @Override
  public Integer call() {
    throw new IllegalStateException(
        "the sample company is not part of this build: %s, %s"
            .formatted(sample.dir(), options.read().warehouse()));
  }
}
