package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.round;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The ledger of runs. */
@Command(
    name = "runs",
    description = "Shows the last runs, and the stages of one: the last, or the one named.")
final class RunsCommand implements Callable<Integer> {

  private static final Limits WIDE = new Limits(0, 160);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "Id of the run to show stages of.")
  private String run;

  @Option(
      names = "--limit",
      paramLabel = "RUNS",
      defaultValue = "10",
      description = "How many runs to show, default 10.")
  private int limit;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new MisuseException("--limit must be at least 1.");
    }
    return Launcher.ask(spec, options, (spark, config, screen) -> show(spark, config));
  }

  private int show(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    PrintWriter out = spec.commandLine().getOut();
    if (!lake.exists(Runs.TABLE)) {
      out.println("Nothing has run on %s yet.".formatted(lake.warehouse()));
      return 0;
    }
    Dataset<Row> runs = lake.read(Runs.TABLE).orderBy(col(Runs.RUN_ID).desc());
    List<Row> chosen =
        (run == null ? runs : runs.where(col(Runs.RUN_ID).equalTo(run)))
            .select(Runs.RUN_ID)
            .limit(1)
            .collectAsList();
    if (run != null && chosen.isEmpty()) {
      throw new MisuseException("There is no run %s; itinera runs lists them.".formatted(run));
    }
    SqlFormat.TABLE.write(shownRuns(runs.limit(limit)), WIDE, out);
    for (Row each : chosen) {
      out.println();
      out.println("Stages of run " + each.getString(0));
      SqlFormat.TABLE.write(shownStages(lake.read(RunStages.TABLE), each.getString(0)), WIDE, out);
    }
    return 0;
  }

  private static Dataset<Row> shownRuns(Dataset<Row> runs) {
    return runs.select(
        col(Runs.RUN_ID),
        col(Runs.COMMAND),
        col(Runs.AS_OF),
        toTheSecond(Runs.STARTED_AT),
        toTheSecond(Runs.ENDED_AT),
        col(Runs.STATUS),
        col(Runs.ERROR));
  }

  private static Dataset<Row> shownStages(Dataset<Row> stages, String run) {
    return stages
        .where(col(RunStages.RUN_ID).equalTo(run))
        .orderBy(RunStages.STARTED_AT, RunStages.STAGE)
        .select(
            col(RunStages.STAGE),
            col(RunStages.STATUS),
            round(col(RunStages.SECONDS), 1).as(RunStages.SECONDS),
            col(RunStages.ROWS_READ),
            col(RunStages.BYTES_READ),
            col(RunStages.ROWS_WRITTEN),
            col(RunStages.ERROR));
  }

  private static Column toTheSecond(String column) {
    return date_format(col(column), "yyyy-MM-dd HH:mm:ss").as(column);
  }
}
