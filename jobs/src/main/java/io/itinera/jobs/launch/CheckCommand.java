package io.itinera.jobs.launch;

import io.itinera.core.raw.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at configuration and raw files before a night does. */
@Command(
    name = "check",
    description = {
      "Checks the configuration, and tries each source on its newest files.",
      "Writes no table. Exit code 1 if a source has no files or records that would be rejected."
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return Launcher.launch(spec, options, (spark, config, screen) -> check(spark, config));
  }

  private int check(SparkSession spark, ItineraConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The configuration is sound: %d sources, night %s, tables in %s"
            .formatted(config.sources().size(), NightOptions.asOf(config), config.warehouse()));
    List<String> problems = new ArrayList<>();
    for (SourceRules source : config.sources()) {
      SourceCheck found = SourceCheck.of(spark, source, config);
      out.println(found.line());
      problems.addAll(found.problems());
    }
    problems.forEach(problem -> out.println("  " + problem));
    return problems.isEmpty() ? 0 : Failures.FAILED;
  }
}
