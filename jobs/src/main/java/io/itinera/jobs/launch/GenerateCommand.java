package io.itinera.jobs.launch;

import io.itinera.core.sample.SampleRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.demo.DemoFolder;
import io.itinera.jobs.sample.SampleCompany;
import io.itinera.jobs.sample.WrittenFile;
import io.itinera.jobs.screen.Screen;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the sample company's raw files, and the truth about them. */
@Command(
    name = "generate",
    description = "Writes a sample company: DIR/landing, DIR/truth and DIR/itinera.conf.")
final class GenerateCommand implements Callable<Integer> {

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
    return Launcher.ask(spec, options, this::run);
  }

  private int run(SparkSession spark, ItineraConfig config, Screen screen) throws Exception {
    SampleRules rules = sample.rules();
    DemoFolder folder = new DemoFolder(sample.dir());
    List<WrittenFile> files = SampleCompany.write(spark, rules, sample.dir());
    screen.note(
        String.format(
            Locale.ROOT,
            "%,d files with %,d records in %s",
            files.size(),
            files.stream().mapToLong(WrittenFile::lines).sum(),
            folder.landing()));
    screen.note("Run it: scripts/itinera nightly --config " + folder.configuration());
    return 0;
  }
}
