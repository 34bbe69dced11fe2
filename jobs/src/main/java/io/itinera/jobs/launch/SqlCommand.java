package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.prompt.Prompts;
import io.itinera.jobs.query.Questions;
import io.itinera.jobs.query.Script;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
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
      "Without a query it asks for them on the terminal: several lines each, with history and Tab.",
      "Changes nothing. 'itinera tables' explains the tables."
    })
final class SqlCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..1",
      description = "Such as \"SELECT … FROM …\"; several are parted by ;, and - reads them.")
  private String query;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Reads the queries from a file instead.")
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
    if (limit < 0 || width < 0) {
      throw new MisuseException("--limit and --width must not be negative.");
    }
    if (query == null && file == null && Launcher.isOnTerminal()) {
      return Launcher.ask(spec, options, (spark, config, screen) -> prompt(spark, config));
    }
    if ((query == null) == (file == null)) {
      throw new MisuseException(
          "Give the query, - for those of standard input, or a file with them (--file).");
    }
    // Read here: over much data, a second process does the work, and what this one has taken from
    // standard input that one would not find.
    return Launcher.ask(
        spec, options, (spark, config, screen) -> answer(Script.statements(text()), spark, config));
  }

  private int prompt(SparkSession spark, ItineraConfig config) throws IOException {
    Prompts.run(spark, config, new Limits(limit, width));
    return 0;
  }

  private int answer(List<String> statements, SparkSession spark, ItineraConfig config)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Questions questions = new Questions(spark, config);
    boolean isFirst = true;
    for (String statement : statements) {
      if (!isFirst) {
        out.println();
      }
      isFirst = false;
      questions.ask(statement, rows -> format.write(rows, new Limits(limit, width), out));
    }
    return 0;
  }

  private String text() {
    try {
      if (file != null) {
        return Files.readString(file);
      }
      return query.equals(STANDARD_INPUT)
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : query;
    } catch (IOException problem) {
      throw new MisuseException(
          "Cannot read the query from " + (file == null ? "standard input" : file), problem);
    }
  }
}
