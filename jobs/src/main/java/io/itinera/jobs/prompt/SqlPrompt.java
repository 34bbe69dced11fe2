package io.itinera.jobs.prompt;

import io.itinera.jobs.night.ErrorText;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Questions;
import io.itinera.jobs.query.Script;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

/**
 * Reads queries and answers each, until the input ends or {@code .quit}.
 *
 * <p>A wrong query is told and the next one is read. The rows of the last answer can be had again
 * in another form: they are computed again, of the tables as they are then.
 */
final class SqlPrompt {

  private static final String FIRST_LINE = "itinera> ";
  private static final String HELP =
      """
      A query ends with ; and may go over several lines. Tab completes, the arrows go back.
      .tables              the tables and views
      .columns TABLE       its columns
      .csv [FILE]          all rows of the last answer as CSV, into a file
      .json [FILE]         the same, one JSON object a line
      .table               the last answer once more
      .limit ROWS          most rows shown (0: all)
      .width CHARACTERS    longest value shown (0: all of it)
      .quit                ends (so does Ctrl-D); Ctrl-C stops a query\
      """;

  private final LineReader reader;
  private final PrintWriter out;
  private final Questions questions;
  private final Names names;
  private Limits limits;
  private Dataset<Row> last;

  SqlPrompt(LineReader reader, Questions questions, Names names, Limits limits) {
    this.reader = reader;
    this.out = reader.getTerminal().writer();
    this.questions = questions;
    this.names = names;
    this.limits = limits;
  }

  /** Reads and answers until there is no more. */
  void run() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = answer(reader.readLine(FIRST_LINE));
      } catch (UserInterruptException interrupted) {
        // Ctrl-C at the prompt drops what was typed.
        goesOn = true;
      } catch (EndOfFileException end) {
        goesOn = false;
      }
      out.flush();
    }
  }

  private boolean answer(String typed) {
    String text = typed.strip();
    try {
      if (text.startsWith(StatementParser.TO_THE_PROMPT)) {
        return obey(List.of(text.split("\\s+")));
      }
      for (String statement : Script.statements(text)) {
        questions.ask(
            statement,
            rows -> {
              last = rows;
              SqlFormat.TABLE.write(rows, limits, out);
            });
      }
    } catch (MisuseException mistake) {
      out.println(mistake.getMessage());
    } catch (Exception problem) {
      out.println(ErrorText.line(problem));
    }
    return true;
  }

  /** Whether to go on. */
  private boolean obey(List<String> words) throws IOException {
    String argument = words.size() > 1 ? words.get(1) : "";
    switch (words.get(0).toLowerCase(Locale.ROOT)) {
      case ".quit", ".exit" -> {
        return false;
      }
      case ".tables" -> names.tables().forEach(out::println);
      case ".columns" -> tellColumns(argument);
      case ".csv" -> write(SqlFormat.CSV, argument);
      case ".json" -> write(SqlFormat.JSON, argument);
      case ".table" -> write(SqlFormat.TABLE, argument);
      case ".limit" -> limits = new Limits(number(".limit", argument), limits.width());
      case ".width" -> limits = new Limits(limits.rows(), number(".width", argument));
      case ".help" -> out.println(HELP);
      default -> out.println("There is no %s. %s".formatted(words.get(0), "See .help"));
    }
    return true;
  }

  private void tellColumns(String table) {
    List<String> columns = names.columns(table);
    if (columns.isEmpty()) {
      throw new MisuseException("There is no table '%s'. See .tables".formatted(table));
    }
    columns.forEach(out::println);
  }

  private void write(SqlFormat format, String file) throws IOException {
    if (last == null) {
      throw new MisuseException("No query was answered yet.");
    }
    if (file.isEmpty()) {
      format.write(last, limits, out);
      return;
    }
    try (PrintWriter target = new PrintWriter(Files.newBufferedWriter(Path.of(file)))) {
      format.write(last, limits, target);
    }
    out.println("Written to " + Path.of(file).toAbsolutePath());
  }

  private static int number(String command, String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new MisuseException(
          "%s needs a number of 0 or more, such as %s 50.".formatted(command, command));
    }
    return Integer.parseInt(text);
  }
}
