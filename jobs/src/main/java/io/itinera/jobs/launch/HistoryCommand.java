package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.PastId;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows an old id to today's. */
@Command(
    name = "history",
    description = "Tells who a customer is today that was ever published, and what happened.")
final class HistoryCommand implements Callable<Integer> {

  private static final Limits WHOLE = new Limits(0, 0);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "A customer's id, today's or an old one.")
  private String id;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> follow(spark, config));
  }

  private int follow(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    PastId past = PastId.find(lake, id);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        past.today()
            .map(today -> today.equals(past.id()) ? "It is still " + today : "It is now " + today)
            .orElse("Nobody has its identifiers any more"));
    out.println();
    SqlFormat.TABLE.write(past.history(lake), WHOLE, out);
    return 0;
  }
}
