package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.ReviewGroups;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what somebody should look at. */
@Command(
    name = "review",
    description = {
      "Shows the groups and identifiers that somebody should look at, the worst first: the largest",
      "and the least dense groups, bridges, edges that were not used, and identifiers that are"
          + " seen",
      "with nearly too many others. The table identity_quality has all groups."
    })
final class ReviewCommand implements Callable<Integer> {

  private static final Limits WIDE = new Limits(0, 64);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "10",
      description = "How many of each kind, default 10.")
  private int limit;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new MisuseException("--limit must be at least 1.");
    }
    return Launcher.ask(spec, options, (spark, config, screen) -> review(spark, config));
  }

  private int review(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    ReviewGroups groups = new ReviewGroups(new Lake(spark, config.warehouse()), limit);
    write("Largest groups", groups.largest());
    write("Least dense groups", groups.leastDense());
    write("Groups that hang on one edge", groups.mostBridges());
    write("Groups with the most edges that were not used", groups.mostConflicts());
    write("Edges that wait for somebody to decide", groups.waiting());
    write("Edges that a rule or a decision refused", groups.refused());
    write("Identifiers seen with nearly too many others", groups.nearFanOut(config.identity()));
    return 0;
  }

  private void write(String title, Dataset<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(title);
    SqlFormat.TABLE.write(rows, WIDE, out);
    out.println();
  }
}
