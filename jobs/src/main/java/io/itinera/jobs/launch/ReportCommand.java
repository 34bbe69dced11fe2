package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.report.Report;
import io.itinera.jobs.screen.Screen;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the report of a night. */
@Command(
    name = "report",
    description = {
      "Writes what the tables say of a night as a folder of pages for a browser.",
      "Without --as-of of the last night that succeeded. Changes no table."
    })
final class ReportCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder that is written; else itinera.report.folder.")
  private String out;

  @Option(
      names = "--short",
      description = "Also a short form for mail and chat: Markdown and charts as PNG.")
  private boolean inShort;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, this::run);
  }

  private int run(SparkSession spark, ItineraConfig config, Screen screen) throws IOException {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Report report = new Report(spark, config);
    LocalDate night = options.asksNight() ? Night.dayToRun(config) : report.lastNight();
    write(
        inShort ? report.withShortForm() : report,
        night,
        out == null ? config.report().folder() : out,
        screen);
    return 0;
  }

  /** Writes the report of {@code night}, and says where it lies. */
  static void write(Report report, LocalDate night, String folder, Screen screen)
      throws IOException {
    List<Path> written = report.write(night, folder);
    screen.note("Report of the night of %s: %s".formatted(night, plain(written.get(0))));
    for (Path text : written.subList(1, written.size())) {
      screen.note("In short: " + plain(text));
    }
  }

  /** What a person can paste into a browser or a shell. */
  private static String plain(Path file) {
    return "file".equals(file.toUri().getScheme()) ? file.toUri().getPath() : file.toString();
  }
}
