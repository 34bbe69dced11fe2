package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.stage.Stages;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One stage of the night, alone. */
@Command
class StageCommand implements Callable<Integer> {

  @Mixin CommonOptions options;
  @Mixin private NightOptions night;
  @Spec private CommandSpec spec;

  /** One command for each stage behind the first, in the order of the night. */
  static List<CommandLine> all() {
    return List.of(
        of("match", "Compares profiles that no identifier links, where a matching is set."),
        of("stitch", "Finds out which identifiers belong to one customer."),
        of("sessionize", "Cuts each customer's touchpoints into sessions."),
        of("journeys", "Cuts each customer's touchpoints into journeys towards a goal."),
        of(
            "persist",
            "Finds the values that count at each touchpoint, if itinera.persistence is set."),
        of("customers", "Draws each customer's identity card."),
        of("coverage", "Measures how much of what each source brings can be used."),
        of("kpis", "Measures what each day's touchpoints came to."),
        of("retention", "Follows customers by when they began, and counts who comes and goes."),
        of("rfm", "Scores customers by recency, frequency and monetary value."),
        of("value", "Foretells what customers will order and bring, and who will not."),
        named(
            new PersonasCommand(),
            "personas",
            "Groups customers into personas and describes them."),
        of("paths", "Counts transitions, variants and frequent patterns of journeys.")
            .addSubcommand(new MatchCommand())
            .addSubcommand(new ProcessCommand())
            .addSubcommand(new CompareCommand())
            .addSubcommand(new AudienceCommand())
            .addSubcommand(new AroundCommand())
            .addSubcommand(new ClustersCommand()),
        of("attribution", "Parts conversions among marketing channels, and says what they cost."),
        of("funnels", "Counts how far customers come in funnels, and what explains who leaves."),
        of("journey-map", "Draws what customers meet at each stage, and where it hurts."),
        of("quality", "Checks whether tables agree with each other."));
  }

  private static CommandLine of(String name, String description) {
    return named(new StageCommand(), name, description);
  }

  private static CommandLine named(StageCommand command, String name, String description) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().name(name).usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() throws Exception {
    return Launcher.launch(spec, options, this::run);
  }

  private static String nothingToDo(String stage) {
    return switch (stage) {
      case "match" ->
          "No matching is set (itinera.identity.matching), so there is nothing to compare.";
      case "funnels" -> "No funnel is set (itinera.funnels.definitions), so none is counted.";
      default -> "No dimension is set (itinera.persistence), so no value goes on counting.";
    };
  }

  private int run(SparkSession spark, ItineraConfig config, Screen screen) {
    List<Stage> one = Stages.of(config).stream().filter(s -> s.name().equals(spec.name())).toList();
    if (one.isEmpty()) {
      throw new MisuseException(nothingToDo(spec.name()));
    }
    new NightRunner(spark, config, screen)
        .run(spec.name(), Night.dayToRun(config), night.fullRefresh(), one);
    return 0;
  }
}
