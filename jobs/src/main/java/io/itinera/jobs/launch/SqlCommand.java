package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Catalog;
import io.itinera.jobs.query.SqlQuery;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a question in SQL. */
@Command(
    name = "sql",
    description = {
      "Answers a query in Spark SQL over the tables, by their names or as itinera.<name>.",
      "Tables of every night keep them all; rfm_scores_latest and the like show the last alone.",
      "owned_touchpoints are the touchpoints with their customers and sessions.",
      "Changes nothing. 'itinera tables' explains the tables."
    })
final class SqlCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUERY", arity = "0..1", description = "Such as \"SELECT … FROM …\".")
  private String query;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Reads the query from a file instead.")
  private java.nio.file.Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json (one object a line).")
  private SqlFormat format;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "100",
      description = "Most rows of a table, default 100; 0 shows all. csv and json are complete.")
  private int limit;

  @Option(
      names = "--width",
      paramLabel = "CHARACTERS",
      defaultValue = "48",
      description = "Longest value in a table, default 48; 0 cuts none.")
  private int width;

  @Override
  public Integer call() throws Exception {
    String text = text();
    return Launcher.ask(spec, options, (spark, config, screen) -> answer(text, spark, config));
  }

  private int answer(String text, SparkSession spark, ItineraConfig config) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    new Catalog(spark, config).registerFor(text);
    Path warehouse = new Path(config.warehouse());
    SqlQuery query =
        new SqlQuery(
            text,
            config.database(),
            warehouse.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(warehouse));
    query.run(spark, rows -> format.write(rows, new Limits(limit, width), out));
    return 0;
  }

  private String text() {
    if ((query == null) == (file == null)) {
      throw new MisuseException("Give the query, or a file with it (--file).");
    }
    if (limit < 0 || width < 0) {
      throw new MisuseException("--limit and --width must not be negative.");
    }
    try {
      return query == null ? Files.readString(file) : query;
    } catch (IOException problem) {
      throw new MisuseException("Cannot read the query from " + file, problem);
    }
  }
}
