package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.PatternException;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.PathQuestion;
import io.itinera.jobs.stage.PathQuestion.Asked;
import io.itinera.jobs.stage.PathQuestion.Whose;
import java.io.PrintWriter;
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

/** Finds a pattern among what customers did. */
@Command(
    name = "match",
    description = {
      "Finds a pattern among what customers did: how many, how often, how long it took.",
      "Such as: \"web:product_view -> .* -> call -> .{0,3} -> store:purchase within 30 days\".",
      "docs/paths.md has the language."
    })
final class MatchCommand implements Callable<Integer> {

  private static final Limits WHOLE = new Limits(0, 0);
  private static final double MICROS = 1e6;

  @Mixin private CommonOptions options;
  @Mixin private SegmentOptions segments;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATTERN", description = "What to find.")
  private String pattern;

  @Option(
      names = "--occurrence",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Which of a customer's matches count: 0 all (default), 1 the first, -1 the last, …")
  private int occurrence;

  @Option(
      names = "--around",
      paramLabel = "N",
      description = "Also tells what stands up to N touchpoints before and behind the matches.")
  private Integer around;

  @Option(
      names = "--of",
      paramLabel = "SEGMENT",
      description = "Only customers who are in it: " + SegmentOptions.SEGMENT + ".")
  private String of;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> find(spark, config));
  }

  private int find(SparkSession spark, ItineraConfig config) throws Exception {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Asked asked = new Asked(new Lake(spark, config.warehouse()), config);
    Whose whose = segments.whose(config, of);
    Dataset<Row> matches =
        SegmentOptions.ask(
            () -> HoldRows.of(PathQuestion.matches(asked, whose, parsed(), around(around))));
    PrintWriter out = spec.commandLine().getOut();
    SqlFormat.TABLE.write(summary(matches), WHOLE, out);
    if (around != null) {
      out.println();
      SqlFormat.TABLE.write(neighbours(matches), WHOLE, out);
    }
    return 0;
  }

  private TouchPattern parsed() {
    try {
      return TouchPattern.parse(pattern);
    } catch (PatternException e) {
      throw new MisuseException("The pattern cannot be read: " + e.getMessage());
    }
  }

  private AroundMatches around(Integer steps) {
    if (steps != null && steps < 1) {
      throw new MisuseException("--around must be 1 or more, was " + steps);
    }
    return new AroundMatches(occurrence, steps == null ? 1 : steps);
  }

  private static Dataset<Row> summary(Dataset<Row> matches) {
    Column micros =
        unix_micros(col(MatchTouchpoints.TO_AT)).minus(unix_micros(col(MatchTouchpoints.FROM_AT)));
    Column seconds = micros.divide(MICROS);
    return matches.agg(
        count_distinct(col(MatchTouchpoints.CUSTOMER)).as("customers_count"),
        count(lit(1)).as("matches_count"),
        percentile(seconds, lit(0.5)).as("median_seconds"),
        percentile(seconds, lit(0.9)).as("p90_seconds"),
        percentile(col(MatchTouchpoints.TOUCHPOINTS), lit(0.5)).as("median_touchpoints"),
        min(MatchTouchpoints.FROM_AT).as("first_at"),
        max(MatchTouchpoints.TO_AT).as("last_at"));
  }

  private static Dataset<Row> neighbours(Dataset<Row> matches) {
    return matches
        .select(
            col(MatchTouchpoints.CUSTOMER),
            explode(col(MatchTouchpoints.NEIGHBOURS)).as(MatchTouchpoints.NEIGHBOURS))
        .select(col(MatchTouchpoints.CUSTOMER), col(MatchTouchpoints.NEIGHBOURS + ".*"))
        .groupBy(MatchTouchpoints.OFFSET, MatchTouchpoints.NAME)
        .agg(
            count(lit(1)).as("matches_count"),
            count_distinct(col(MatchTouchpoints.CUSTOMER)).as("customers_count"))
        .orderBy(
            col(MatchTouchpoints.OFFSET), col("matches_count").desc(), col(MatchTouchpoints.NAME));
  }
}
