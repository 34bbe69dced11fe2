package io.itinera.jobs.prompt;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.query.Questions;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Opens the prompt on a terminal. */
public final class Prompts {

  private static final String HISTORY = "ITINERA_HISTORY";
  private static final String NEXT_LINES = "      -> ";

  private Prompts() {}

  /**
   * Reads queries from this process's terminal and answers them until its user ends it.
   *
   * @param limits of what is shown of an answer at first
   */
  public static void run(SparkSession spark, ItineraConfig config, Limits limits)
      throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      // While a query runs; at the prompt itself the reader takes it.
      terminal.handle(Signal.INT, signal -> spark.sparkContext().cancelAllJobs());
      terminal.writer().println("SQL over %s; .help says more.".formatted(config.warehouse()));
      run(terminal, spark, config, limits);
    }
  }

  static void run(Terminal terminal, SparkSession spark, ItineraConfig config, Limits limits)
      throws IOException {
    Names names = new Names(config.tables(), View.ALL);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("itinera")
            .parser(new StatementParser())
            .completer(completer(names))
            .variable(LineReader.HISTORY_FILE, history())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT_LINES)
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.CASE_INSENSITIVE, true)
            .build();
    new SqlPrompt(reader, new Questions(spark, config), names, limits).run();
  }

  /** Gives what a word may become, in the order of {@link Names}. */
  private static Completer completer(Names names) {
    return (reader, line, candidates) ->
        names
            .completions(line.line(), line.words().get(0), line.word())
            .forEach(name -> candidates.add(candidate(name)));
  }

  private static Candidate candidate(String name) {
    // No blank is added after what ends with a bracket.
    return new Candidate(name, name, null, null, null, null, !name.endsWith("("));
  }

  private static Path history() {
    String chosen = System.getenv(HISTORY);
    return chosen == null
        ? Path.of(System.getProperty("user.home"), ".itinera_history")
        : Path.of(chosen);
  }
}
