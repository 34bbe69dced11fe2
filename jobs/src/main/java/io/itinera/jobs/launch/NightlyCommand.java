package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRequest;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.report.Report;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.stage.Stages;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All stages of one night, or of several nights one after the other. */
@Command(
    name = "nightly",
    description = {
      "Runs all stages of the night, in order: new raw files to tables.",
      "A night that failed is finished by the same command.",
      "After a change of mappings, labels, bots, zones or currency, --reload restates what was"
          + " loaded before."
    })
final class NightlyCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private NightOptions night;
  @Mixin private ReloadOptions reload;
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = {
        "First of several nights; needs --to. With --reload: the first day of files that are read",
        "again; a file's day is the one in its name, else the one on which it was written."
      })
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Last of several nights; needs --from. With --reload: the last day of files.")
  private LocalDate to;

  @Override
  public Integer call() throws Exception {
    requireRange();
    if (reload.isAsked()) {
      // Sooner said than a session is started.
      reload.requireKnown(options.read());
    }
    return Launcher.launch(spec, options, this::run);
  }

  private int run(SparkSession spark, ItineraConfig config, Screen screen) throws Exception {
    NightRunner runner = new NightRunner(spark, config, screen);
    // Only the first night is rebuilt: the others follow from it.
    boolean refresh = night.fullRefresh();
    for (LocalDate asOf : nights(config)) {
      screen.note("Night of " + asOf);
      Reload again = reload.reload(config, from, to);
      runner.run(new NightRequest(spec.name(), asOf, refresh, again), Stages.of(config));
      refresh = false;
    }
    if (config.report().nightly()) {
      List<LocalDate> nights = nights(config);
      LocalDate last = nights.get(nights.size() - 1);
      ReportCommand.write(new Report(spark, config), last, config.report().folder(), screen);
    }
    return 0;
  }

  private List<LocalDate> nights(ItineraConfig config) {
    return from == null || reload.isAsked()
        ? List.of(Night.dayToRun(config))
        : from.datesUntil(to.plusDays(1)).toList();
  }

  private void requireRange() {
    if ((from == null) != (to == null) && !reload.isAsked()) {
      throw new MisuseException("--from and --to belong together: give both or neither.");
    }
    if (from != null && to != null && to.isBefore(from)) {
      throw new MisuseException("--to %s is before --from %s.".formatted(to, from));
    }
  }
}
