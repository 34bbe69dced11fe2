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
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.MatchTree;
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
  private static final String COUNT = "matches_count";
  private static final String SIDE = "side";

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
      names = "--within",
      paramLabel = "TIME",
      description =
          "Of what stands around only what is so near, such as '3 days': by steps with --around,"
              + " else all of it, before and after.")
  private String within;

  @Option(
      names = "--tree",
      description =
          "Tells what stands around as trees of paths away from the matches and up to them, cut as"
              + " --around and --within say.")
  private boolean isTree;

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
    if (isTree && around == null && within == null) {
      throw new MisuseException("--tree needs --around or --within, which say where to cut it");
    }
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Asked asked = new Asked(new Lake(spark, config.warehouse()), config);
    Whose whose = segments.whose(config, of);
    Dataset<Row> matches =
        SegmentOptions.ask(
            () -> HoldRows.of(PathQuestion.matches(asked, whose, parsed(), around())));
    PrintWriter out = spec.commandLine().getOut();
    SqlFormat.TABLE.write(summary(matches), WHOLE, out);
    if (around != null || within != null) {
      out.println();
      SqlFormat.TABLE.write(around(matches), WHOLE, out);
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

  private AroundMatches around() {
    if (around != null && around < 1) {
      throw new MisuseException("--around must be 1 or more, was " + around);
    }
    if (within == null) {
      return new AroundMatches(occurrence, around == null ? 1 : around);
    }
    try {
      return new AroundMatches(
          occurrence, around == null ? Integer.MAX_VALUE : around, TouchPattern.time(within));
    } catch (PatternException e) {
      throw new MisuseException("--within cannot be read: " + e.getMessage());
    }
  }

  private static Dataset<Row> summary(Dataset<Row> matches) {
    Column micros =
        unix_micros(col(MatchTouchpoints.TO_AT)).minus(unix_micros(col(MatchTouchpoints.FROM_AT)));
    Column seconds = micros.divide(MICROS);
    return matches.agg(
        count_distinct(col(MatchTouchpoints.CUSTOMER)).as("customers_count"),
        count(lit(1)).as(COUNT),
        percentile(seconds, lit(0.5)).as("median_seconds"),
        percentile(seconds, lit(0.9)).as("p90_seconds"),
        percentile(col(MatchTouchpoints.TOUCHPOINTS), lit(0.5)).as("median_touchpoints"),
        min(MatchTouchpoints.FROM_AT).as("first_at"),
        max(MatchTouchpoints.TO_AT).as("last_at"));
  }

  private Dataset<Row> around(Dataset<Row> matches) {
    if (isTree) {
      return MatchTree.tree(matches, matches.count())
          .orderBy(col(MatchTree.SIDE), col(MatchTree.PATH));
    }
    return around != null ? bySteps(matches) : bySides(matches);
  }

  /** What stands so many touchpoints before and behind. */
  private static Dataset<Row> bySteps(Dataset<Row> matches) {
    return told(neighbours(matches), MatchTouchpoints.OFFSET, matches.count())
        .orderBy(col(MatchTouchpoints.OFFSET), col(COUNT).desc(), col(MatchTouchpoints.NAME));
  }

  /** What comes anywhere before and behind, as near as was asked; each at its nearest. */
  private static Dataset<Row> bySides(Dataset<Row> matches) {
    Column side = when(col(MatchTouchpoints.OFFSET).lt(0), "before").otherwise("after");
    Dataset<Row> nearest =
        neighbours(matches)
            .where(col(MatchTouchpoints.SECONDS).isNotNull())
            .groupBy(
                col(MatchTouchpoints.CUSTOMER),
                col(MatchTouchpoints.NUMBER),
                side.as(SIDE),
                col(MatchTouchpoints.NAME))
            .agg(min(MatchTouchpoints.SECONDS).as(MatchTouchpoints.SECONDS));
    return told(nearest, SIDE, matches.count())
        .orderBy(col(SIDE).desc(), col(COUNT).desc(), col(MatchTouchpoints.NAME));
  }

  private static Dataset<Row> neighbours(Dataset<Row> matches) {
    return matches
        .select(
            col(MatchTouchpoints.CUSTOMER),
            col(MatchTouchpoints.NUMBER),
            explode(col(MatchTouchpoints.NEIGHBOURS)).as(MatchTouchpoints.NEIGHBOURS))
        .select(
            col(MatchTouchpoints.CUSTOMER),
            col(MatchTouchpoints.NUMBER),
            col(MatchTouchpoints.NEIGHBOURS + ".*"));
  }

  private static Dataset<Row> told(Dataset<Row> neighbours, String place, long all) {
    return neighbours
        .groupBy(place, MatchTouchpoints.NAME)
        .agg(
            count(lit(1)).as(COUNT),
            count_distinct(col(MatchTouchpoints.CUSTOMER)).as("customers_count"),
            count(lit(1)).divide(lit(all)).as("share"),
            percentile(col(MatchTouchpoints.SECONDS), lit(0.5)).as("median_seconds"));
  }
}
