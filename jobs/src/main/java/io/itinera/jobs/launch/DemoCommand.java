package io.itinera.jobs.launch;

import io.itinera.core.sample.SampleRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.demo.DemoFolder;
import io.itinera.jobs.demo.DemoSummary;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.report.Report;
import io.itinera.jobs.sample.SampleCompany;
import io.itinera.jobs.sample.WrittenFile;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.stage.Stages;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the sample company, runs its nights and shows what came out. */
@Command(
    name = "demo",
    description = {
      "Makes a sample company, runs its nights and shows what came out.",
      "The first night loads all but the last two days; the last brings late and repeated files."
    })
final class DemoCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private SampleOptions sample;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    sample.rules();
    // Before anything is logged there: an earlier company's log goes with it.
    new DemoFolder(sample.dir()).clear();
    options.liveIn(sample.dir());
    options.expect(sample);
    return Launcher.launch(spec, options, this::run);
  }

  private int run(SparkSession spark, ItineraConfig defaults, Screen screen) throws Exception {
    SampleRules rules = sample.rules();
    DemoFolder folder = new DemoFolder(sample.dir());
    screen.note(
        String.format(
            Locale.ROOT,
            "Making a company with %,d people over %d days …",
            rules.customers(),
            rules.days()));
    List<WrittenFile> files = SampleCompany.stage(spark, rules, sample.dir());
    screen.note(
        String.format(
            Locale.ROOT,
            "%,d raw files with %,d records",
            files.size(),
            files.stream().mapToLong(WrittenFile::lines).sum()));
    ItineraConfig config = options.readWith(folder.configuration());
    NightRunner runner = new NightRunner(spark, config, screen);
    for (LocalDate night : rules.nights()) {
      screen.note("");
      screen.note("Night of " + night);
      folder.deliver(night);
      runner.run(spec.name(), night, false, Stages.of(config));
    }
    new DemoSummary(spark, config, screen).show(sample.dir(), rules.lastDay());
    screen.note("");
    ReportCommand.write(
        new Report(spark, config), rules.lastDay(), config.report().folder(), screen);
    return 0;
  }
}
