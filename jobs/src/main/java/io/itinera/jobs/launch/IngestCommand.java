package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.stage.FollowLanding;
import io.itinera.jobs.stage.Stages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The night's first stage, alone or again and again. */
@Command(
    name = "ingest",
    description = {
      "Loads new raw files into touchpoints, profiles and campaign costs.",
      "With --follow it goes on doing so until it is stopped; a night can run at any time, and"
          + " what",
      "either has loaded the other does not load again."
    })
final class IngestCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private NightOptions night;
  @Spec private CommandSpec spec;

  @Option(names = "--follow", description = "Goes on, and loads what arrives.")
  private boolean follow;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Seconds between two looks at the landing folder, default 10.")
  private int seconds;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "Ends after so many batches; else only when it is stopped.")
  private int batches;

  @Override
  public Integer call() throws Exception {
    if (seconds < 1) {
      throw new MisuseException("--every must be at least 1.");
    }
    if (follow && night.fullRefresh()) {
      throw new MisuseException("--follow loads what is new; leave out --full-refresh.");
    }
    if (follow) {
      options.expectMuchData();
    }
    return Launcher.launch(spec, options, follow ? this::follow : this::once);
  }

  private int once(SparkSession spark, ItineraConfig config, Screen screen) {
    Stage ingest = Stages.ALL.get(0);
    new NightRunner(spark, config, screen)
        .run(spec.name(), Night.dayToRun(config), night.fullRefresh(), List.of(ingest));
    return 0;
  }

  private int follow(SparkSession spark, ItineraConfig config, Screen screen)
      throws InterruptedException {
    FollowLanding following = new FollowLanding(spark, config, screen);
    screen.note("Following %s, every %d seconds".formatted(config.landing(), seconds));
    int loaded = 0;
    while (batches == 0 || loaded < batches) {
      switch (following.loadNews(Night.dayToRun(config))) {
        case LOADED -> loaded++;
        case BUSY -> {
          screen.note("Another run is writing; waiting for it");
          pause();
        }
        case NOTHING_NEW -> pause();
      }
    }
    return 0;
  }

  private void pause() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
  }
}
