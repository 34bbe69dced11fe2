package io.itinera.jobs.launch;

import io.itinera.core.segment.ClusterRules;
import io.itinera.core.segment.ClusterRules.By;
import io.itinera.core.segment.PathClusters;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.PathQuestion;
import io.itinera.jobs.stage.PathQuestion.Asked;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Parts customers by what their paths are like. */
@Command(
    name = "clusters",
    description = {
      "Parts customers into clusters by what their journeys are like, and tells what sets each",
      "apart. Each is a segment for paths compare, audience, match and process, such as",
      "cluster:metrics:2/5, number 2 of 5."
    })
final class ClustersCommand implements Callable<Integer> {

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})[.][.]([0-9]{1,3})");

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "metrics",
      description =
          "metrics (default: how many, how long, repeated, converted, revenue, shares of steps;"
              + " k-means) or steps (which steps journeys have; non-negative factors).")
  private String by;

  @Option(names = "--k", paramLabel = "N", description = "How many clusters, 2 to 20.")
  private Integer size;

  @Option(
      names = "--range",
      paramLabel = "N..M",
      description =
          "Or the one number of these whose clusters have the greatest mean silhouette, default"
              + " 2..8.")
  private String range;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json (one object a line).")
  private SqlFormat format;

  @Override
  public Integer call() throws Exception {
    ClusterRules rules = rules();
    return Launcher.ask(spec, options, (spark, config, screen) -> tell(spark, config, rules));
  }

  private int tell(SparkSession spark, ItineraConfig config, ClusterRules rules) throws Exception {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Asked asked = new Asked(new Lake(spark, config.warehouse()), config);
    PathClusters clusters = SegmentOptions.ask(() -> PathQuestion.clusters(asked, rules));
    show(spark, clusters, spec.commandLine().getOut());
    return 0;
  }

  private void show(SparkSession spark, PathClusters clusters, PrintWriter out) {
    List<Row> rows = clusters.rows();
    if (format == SqlFormat.TABLE) {
      out.printf(
          "Mean silhouette (-1 to 1) by number of clusters: %s%n%n",
          clusters.silhouettes().entrySet().stream()
              .map(each -> String.format(Locale.ROOT, "%d: %.3f", each.getKey(), each.getValue()))
              .collect(Collectors.joining(", ")));
    }
    format.write(
        spark.createDataFrame(rows, PathClusters.SCHEMA).coalesce(1), new Limits(0, 0), out);
  }

  private ClusterRules rules() {
    By what =
        switch (by) {
          case "metrics" -> By.METRICS;
          case "steps" -> By.STEPS;
          default -> throw new MisuseException("--by must be metrics or steps, was " + by);
        };
    if (size != null && range != null) {
      throw new MisuseException("Give --k or --range, not both.");
    }
    try {
      return size != null ? new ClusterRules(what, size, size) : ranged(what);
    } catch (IllegalArgumentException e) {
      throw new MisuseException("--k or --range: " + e.getMessage(), e);
    }
  }

  private ClusterRules ranged(By what) {
    if (range == null) {
      return ClusterRules.of(what);
    }
    Matcher ends = RANGE.matcher(range);
    if (!ends.matches()) {
      throw new MisuseException("--range must be as 2..8, was " + range);
    }
    return new ClusterRules(what, Integer.parseInt(ends.group(1)), Integer.parseInt(ends.group(2)));
  }
}
