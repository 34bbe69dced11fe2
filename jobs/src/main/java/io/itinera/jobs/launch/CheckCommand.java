package io.itinera.jobs.launch;

import io.itinera.core.raw.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at configuration and raw files before a night does. */
@Command(
    name = "check",
    description = "Checks the configuration and the raw files; writes no table.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return Launcher.look(spec, options, this::check);
  }

  private int check(Configuration hadoop, ItineraConfig config) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The configuration is sound: %d sources, night %s, tables in %s"
            .formatted(config.sources().size(), NightOptions.asOf(config), config.warehouse()));
    List<String> problems = new ArrayList<>();
    for (SourceRules source : config.sources()) {
      SourceFiles files = SourceFiles.of(source, hadoop);
      out.println(files.line());
      problems.addAll(files.problems());
    }
    problems.forEach(out::println);
    return problems.isEmpty() ? 0 : Failures.FAILED;
  }
}
