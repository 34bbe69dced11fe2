package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.Explanation;
import io.itinera.jobs.explain.Explanation.Weighed;
import io.itinera.jobs.explain.Subject;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.screen.Waterfall;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why two are one customer's, or not. */
@Command(
    name = "explain",
    description = {
      "Tells why two identifiers, or customers, are one customer's: the edges from one to the",
      "other, each with its rule, its sources and the first record that named both. Or why they",
      "are not. Name an identifier as type:value, a customer by an id that it has or had."
    })
final class ExplainCommand implements Callable<Integer> {

  private static final Limits WHOLE = new Limits(0, 0);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "A", index = "0", description = "Such as email:ann@example.org.")
  private String one;

  @Parameters(paramLabel = "B", index = "1", description = "Such as crm_id:1234.")
  private String other;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json (one object a line); these have the edges alone.")
  private SqlFormat format;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> explain(spark, config));
  }

  private int explain(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    Explanation explanation =
        Explanation.of(lake, config.timeZone(), Subject.find(lake, one), Subject.find(lake, other));
    PrintWriter out = spec.commandLine().getOut();
    if (format == SqlFormat.TABLE) {
      explanation.verdict().forEach(out::println);
      if (explanation.edges().isEmpty()) {
        return 0;
      }
      out.println();
    }
    format.write(spark.createDataFrame(explanation.edges(), Explanation.COLUMNS), WHOLE, out);
    if (format == SqlFormat.TABLE) {
      explanation.weighed().forEach(edge -> printWeights(edge, out));
    }
    return 0;
  }

  private static void printWeights(Weighed edge, PrintWriter out) {
    out.println();
    out.println(
        "What comparing the profiles of %s and %s says, in bits: 1 doubles the odds"
            .formatted(edge.from(), edge.to()));
    new Waterfall(edge.weights()).lines().forEach(out::println);
  }
}
