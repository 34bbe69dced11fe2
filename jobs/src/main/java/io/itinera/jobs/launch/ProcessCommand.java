package io.itinera.jobs.launch;

import io.itinera.core.process.ProcessView.Told;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.PathQuestion;
import io.itinera.jobs.stage.PathQuestion.Asked;
import io.itinera.jobs.stage.PathQuestion.CaseOf;
import io.itinera.jobs.stage.PathQuestion.Label;
import io.itinera.jobs.stage.PathQuestion.Whose;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells the process that customers go through. */
@Command(
    name = "process",
    description = {
      "Tells the process that customers go through: what follows what and how long it takes, what",
      "is done again, what comes at any later time, whole paths, and where they differ from the",
      "intended path (itinera.process.intended)."
    })
final class ProcessCommand implements Callable<Integer> {

  private static final Limits WHOLE = new Limits(0, 0);

  /** What events are called, by what they are named by. */
  private static final Map<String, String> NAMES =
      Map.of(
          "channel-type", "concat(channel, ':', type)",
          "type", "type",
          "channel", "channel",
          "marketing-channel", "marketing_channel",
          "stage", "stage");

  @Mixin private CommonOptions options;
  @Mixin private SegmentOptions segments;
  @Spec private CommandSpec spec;

  @Option(
      names = "--case",
      paramLabel = "WHAT",
      defaultValue = "journey",
      description = "What a case is: journey (default), session, or customer.")
  private String cases;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "channel-type",
      description =
          "What events are called: channel-type (default), type, channel, marketing-channel or"
              + " stage.")
  private String by;

  @Option(
      names = "--variants",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the most frequent whole paths are told, default 20.")
  private int variants;

  @Option(
      names = "--of",
      paramLabel = "SEGMENT",
      description = "Only customers who are in it: " + SegmentOptions.SEGMENT + ".")
  private String of;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> tell(spark, config));
  }

  private int tell(SparkSession spark, ItineraConfig config) throws Exception {
    CaseOf caseOf = caseOf();
    if (!NAMES.containsKey(by)) {
      throw new MisuseException(
          "--by must be one of %s, was %s"
              .formatted(String.join(", ", NAMES.keySet().stream().sorted().toList()), by));
    }
    if (variants < 0) {
      throw new MisuseException("--variants must be 0 or more, was " + variants);
    }
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Asked asked = new Asked(new Lake(spark, config.warehouse()), config);
    Whose whose = segments.whose(config, of);
    Label label = new Label(NAMES.get(by), variants);
    PrintWriter out = spec.commandLine().getOut();
    SegmentOptions.ask(() -> PathQuestion.process(asked, whose, caseOf, label))
        .tables()
        .forEach((name, told) -> show(spark, name, told, out));
    return 0;
  }

  private CaseOf caseOf() {
    return List.of(CaseOf.values()).stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(cases))
        .findFirst()
        .orElseThrow(
            () -> new MisuseException("--case must be journey, session or customer, was " + cases));
  }

  private static void show(SparkSession spark, String name, Told told, PrintWriter out) {
    out.println(name);
    SqlFormat.TABLE.write(spark.createDataFrame(told.rows(), told.schema()), WHOLE, out);
    out.println();
  }
}
