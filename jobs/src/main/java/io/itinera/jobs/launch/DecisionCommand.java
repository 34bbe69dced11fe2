package io.itinera.jobs.launch;

import io.itinera.core.table.IdentityOverrides;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.DecidePairs;
import io.itinera.jobs.explain.DecidePairs.Author;
import io.itinera.jobs.explain.Subject;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Warehouses;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Notes a decision about two identifiers or customers. */
@Command
final class DecisionCommand implements Callable<Integer> {

  private static final String DENY = "deny";

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "A", index = "0", description = "Such as email:ann@example.org.")
  private String one;

  @Parameters(paramLabel = "B", index = "1", description = "Such as crm_id:1234.")
  private String other;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why: it stands in identity_overrides and, of edges, in identity_edges.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides; default the user of this machine.")
  private String by;

  /** The two commands. */
  static List<CommandLine> all() {
    return List.of(
        of(
            DENY,
            "Keeps two customers apart from the next night on, or two identifiers of one.",
            "Written into identity_overrides."),
        of(
            "allow",
            "Takes back what was denied about two; where nothing was, makes them one customer's",
            "from the next night on. Written into identity_overrides."));
  }

  private static CommandLine of(String name, String... description) {
    CommandLine line = new CommandLine(new DecisionCommand());
    line.getCommandSpec().name(name).usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() throws Exception {
    return Launcher.launch(spec, options, (spark, config, screen) -> decide(spark, config));
  }

  private int decide(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    lake.create(IdentityOverrides.TABLE);
    Subject left = Subject.find(lake, one);
    Subject right = Subject.find(lake, other);
    DecidePairs pairs =
        new DecidePairs(
            lake,
            new Author(by, reason.strip(), Instant.now()),
            config.identity(),
            config.decisions());
    String done = spec.name().equals(DENY) ? pairs.deny(left, right) : pairs.allow(left, right);
    spec.commandLine().getOut().println(done);
    return 0;
  }
}
