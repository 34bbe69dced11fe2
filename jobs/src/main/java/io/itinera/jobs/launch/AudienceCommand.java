package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;

import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Customers;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.SegmentQuestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the customers of a segment. */
@Command(
    name = "audience",
    description = {
      "Lists the customers of a segment as CSV, to take them elsewhere. Such as:",
      "\"funnel:purchase=add_to_cart dropped\", or",
      "\"pattern:product_view -> .* -> call within 7 days\" --out callers.csv"
    })
final class AudienceCommand implements Callable<Integer> {

  private static final Limits WHOLE = new Limits(0, 0);

  /** What a spreadsheet would compute begins so. */
  private static final String FORMULA = "^([=+\\-@\\t\\r\\n|%])";

  private static final List<String> COLUMNS = List.of(Customers.TABLE.schema().fieldNames());

  @Mixin private CommonOptions options;
  @Mixin private SegmentOptions segments;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SEGMENT", description = "Who is in it: " + SegmentOptions.SEGMENT + ".")
  private String segment;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write, in place of what it holds; else they are printed.")
  private Path file;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      defaultValue = Customers.CUSTOMER_ID,
      description =
          "Columns of customers, parted by commas, such as customer_id,email; default customer_id.")
  private List<String> columns;

  @Override
  public Integer call() throws Exception {
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        throw new MisuseException(
            "--columns must be columns of customers (%s), was %s"
                .formatted(String.join(", ", COLUMNS), column));
      }
    }
    return Launcher.ask(spec, options, (spark, config, screen) -> list(spark, config));
  }

  private int list(SparkSession spark, ItineraConfig config) throws Exception {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    SegmentRules named = segments.named(config);
    Segment those = SegmentOptions.read(named, "SEGMENT", segment);
    return SegmentOptions.ask(
        () ->
            write(
                SegmentQuestion.audience(lake, config, named, those)
                    .select(columns.stream().map(AudienceCommand::plain).toArray(Column[]::new))));
  }

  /** The column, with a quote in front of texts that a spreadsheet would compute. */
  private static Column plain(String column) {
    boolean isText = Customers.TABLE.schema().apply(column).dataType().equals(DataTypes.StringType);
    return isText ? regexp_replace(col(column), FORMULA, "'$1").as(column) : col(column);
  }

  private int write(Dataset<Row> customers) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      SqlFormat.CSV.write(customers, WHOLE, out);
      return 0;
    }
    HeldRows held = HoldRows.counted(customers);
    Path folder = file.toAbsolutePath().getParent();
    try {
      // What is written in halves stands under no name that somebody reads.
      Path half = Files.createTempFile(folder, ".audience", ".csv");
      try {
        try (PrintWriter lines = new PrintWriter(half.toFile(), StandardCharsets.UTF_8)) {
          SqlFormat.CSV.write(held.rows(), WHOLE, lines);
          if (lines.checkError()) {
            throw new IOException("the disk may be full");
          }
        }
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new MisuseException("Cannot write --out %s: %s".formatted(file, e), e);
    }
    out.printf("%,d customers in %s%n", held.count(), file);
    return 0;
  }
}
