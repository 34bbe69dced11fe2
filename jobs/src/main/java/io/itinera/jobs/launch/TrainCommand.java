package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.stage.Stages;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns what agreement of profiles is worth. */
@Command(
    name = "train",
    description = {
      "Learns from the profiles, without labels, what agreement in each field is worth, and keeps",
      "that as a model; nights compare profiles by the last one. Says the suggested threshold."
    })
final class TrainCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--matching",
      paramLabel = "NAME",
      description = "One of itinera.identity.matchings; else the one that is set.")
  private String name;

  @Override
  public Integer call() throws Exception {
    return Launcher.launch(spec, options, this::run);
  }

  private int run(SparkSession spark, ItineraConfig config, Screen screen) {
    Matching matching = chosen(config, name);
    new NightRunner(spark, config, screen)
        .run("identity train", Night.dayToRun(config), false, List.of(Stages.train(matching)));
    return 0;
  }

  /** The matching of that name, or else the one that is set. */
  static Matching chosen(ItineraConfig config, String name) {
    if (name == null) {
      return config
          .matchings()
          .on()
          .orElseThrow(
              () ->
                  new MisuseException(
                      "No matching is set (itinera.identity.matching); name one with --matching: %s."
                          .formatted(String.join(", ", config.matchings().all().keySet()))));
    }
    Matching named = config.matchings().all().get(name);
    if (named == null) {
      throw new MisuseException(
          "There is no matching '%s'; there are %s."
              .formatted(name, String.join(", ", config.matchings().all().keySet())));
    }
    return named;
  }
}
