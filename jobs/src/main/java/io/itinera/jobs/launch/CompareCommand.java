package io.itinera.jobs.launch;

import io.itinera.core.comparison.CompareSegments;
import io.itinera.core.comparison.ComparisonRules;
import io.itinera.core.comparison.CorrectForMany;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.SegmentQuestion;
import io.itinera.jobs.stage.SegmentQuestion.Answer;
import io.itinera.jobs.stage.SegmentQuestion.Segments;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what differs between two segments of customers. */
@Command(
    name = "compare",
    description = {
      "Says what differs between two segments of customers: what they do next, where journeys are",
      "at each step, funnels, and what is measured of journeys; by how much, how certain that is,",
      "and whether it still is when all comparisons are counted. Such as:",
      "--a \"persona = 'Big-basket buyers'\", or",
      "--a \"quantile:revenue>=0.9\" --b \"funnel:purchase=add_to_cart dropped\", or",
      "--with \"called=product_view -> .* -> call\" --a called --b \"NOT called AND orders_count >"
          + " 0\""
    })
final class CompareCommand implements Callable<Integer> {

  private static final String REST = "rest";
  private static final String UNKNOWN = "unknown";
  private static final int DIFFERS = CompareSegments.SCHEMA.fieldIndex("differs");

  @Mixin private CommonOptions options;
  @Mixin private SegmentOptions names;
  @Spec private CommandSpec spec;

  @Option(
      names = "--a",
      required = true,
      paramLabel = "SEGMENT",
      description = "Who is in the first segment: " + SegmentOptions.SEGMENT + ".")
  private String first;

  @Option(
      names = "--b",
      paramLabel = "SEGMENT",
      defaultValue = REST,
      description =
          "Who is in the second: such a segment, rest (default: all others), or unknown (those of"
              + " whom nobody knows, as a value is missing).")
  private String second;

  @Option(
      names = "--correction",
      paramLabel = "HOW",
      defaultValue = "bh",
      description =
          "bh (default: of all that are said to differ, one in twenty does not) or holm (in one"
              + " of twenty questions anything is said to differ that does not).")
  private String correction;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many steps of a journey are compared, default 10.")
  private int steps;

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "30",
      description = "Compares only where both segments have so many customers, default 30.")
  private long least;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "40",
      description = "Most rows of a table, default 40; 0 shows all. csv and json are complete.")
  private int limit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json (one object a line).")
  private SqlFormat format;

  @Override
  public Integer call() throws Exception {
    if (limit < 0) {
      throw new MisuseException("--limit must not be negative, was " + limit);
    }
    ComparisonRules rules = rules();
    return Launcher.ask(spec, options, (spark, config, screen) -> tell(spark, config, rules));
  }

  private int tell(SparkSession spark, ItineraConfig config, ComparisonRules rules)
      throws Exception {
    Segments segments = segments(config);
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    Answer answer =
        SegmentOptions.ask(() -> SegmentQuestion.compare(lake, config, segments, rules));
    if (answer.customers().contains(0L)) {
      throw new MisuseException(
          "Nobody is in one of the segments: a has %d customers, b has %d. Change --a or --b."
              .formatted(answer.customers().toArray()));
    }
    show(spark, answer, spec.commandLine().getOut());
    return 0;
  }

  private void show(SparkSession spark, Answer answer, PrintWriter out) {
    List<Row> rows = answer.rows();
    if (format == SqlFormat.TABLE) {
      out.printf("a: %s: %,d customers%n", first, answer.customers().get(0));
      out.printf("b: %s: %,d customers%n", second, answer.customers().get(1));
      out.printf(
          "%d of %,d compared differ, all comparisons counted%n%n",
          rows.stream().filter(row -> row.getBoolean(DIFFERS)).count(), rows.size());
    }
    format.write(
        spark.createDataFrame(rows, CompareSegments.SCHEMA).coalesce(1), new Limits(limit, 0), out);
  }

  private Segments segments(ItineraConfig config) {
    SegmentRules named = names.named(config);
    Segment a = SegmentOptions.read(named, "--a", first);
    Segment b =
        switch (second) {
          case REST -> new Segment.Rest(a);
          case UNKNOWN -> new Segment.Unknown(a);
          default -> SegmentOptions.read(named, "--b", second);
        };
    return new Segments(named, a, b);
  }

  private ComparisonRules rules() {
    CorrectForMany how =
        switch (correction) {
          case "bh" -> CorrectForMany.BENJAMINI_HOCHBERG;
          case "holm" -> CorrectForMany.HOLM;
          default ->
              throw new MisuseException("--correction must be bh or holm, was " + correction);
        };
    try {
      return new ComparisonRules(steps, least, Math.min(10, least), 0.95, how);
    } catch (IllegalArgumentException e) {
      throw new MisuseException("--steps or --least: " + e.getMessage());
    }
  }
}
