package io.itinera.jobs.launch;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.preview.RecordPreview;
import io.itinera.jobs.preview.SourceCheck;
import io.itinera.jobs.process.MisuseException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at configuration and raw files before a night does. */
@Command(
    name = "check",
    description = {
      "Checks the configuration, and tries each source on its newest files.",
      "Writes no table. Exit code 1 if a source has no files or records that would be rejected.",
      "With --preset and --file it shows what a file of that vendor's would become; what differs"
          + " in",
      "yours is set by --set itinera.sources.sample.KEY=VALUE, such as time-zone."
    })
final class CheckCommand implements Callable<Integer> {

  /** Name of the source that --preset tries. */
  private static final String SAMPLE = "sample";

  @Mixin private CommonOptions options;

  @ArgGroup(exclusive = false)
  private Trial trial;

  @Spec private CommandSpec spec;

  /** A vendor's format and a file of one's own. */
  static final class Trial {
    @Option(
        names = "--preset",
        required = true,
        paramLabel = "NAME",
        description = "Vendor format to try, such as ga4-export; see conf/sources.")
    private String preset;

    @Option(
        names = "--file",
        required = true,
        paramLabel = "FILE",
        description = "File, folder or glob to try it on.")
    private String file;

    @Option(
        names = "--records",
        paramLabel = "N",
        defaultValue = "10",
        description = "Show so many records of each kind; all are counted. Default: 10.")
    private int records;
  }

  @Override
  public Integer call() throws Exception {
    if (trial != null) {
      options.tryPreset(SAMPLE, trial.preset, trial.file);
      return Launcher.ask(spec, options, (spark, config, screen) -> preview(spark, config));
    }
    return Launcher.ask(spec, options, (spark, config, screen) -> check(spark, config));
  }

  private int preview(SparkSession spark, ItineraConfig config) {
    SourceRules source =
        config.sources().stream()
            .filter(candidate -> candidate.name().equals(SAMPLE))
            .findFirst()
            .orElseThrow();
    List<String> lines = RecordPreview.asKept(spark, source, config, trial.records);
    if (lines.isEmpty()) {
      throw new MisuseException("There is no file " + trial.file);
    }
    lines.forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  private int check(SparkSession spark, ItineraConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The configuration is sound: %d sources, night %s, tables in %s"
            .formatted(config.sources().size(), Night.dayToRun(config), config.warehouse()));
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
