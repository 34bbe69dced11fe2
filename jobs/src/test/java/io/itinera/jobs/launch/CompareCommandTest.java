package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Personas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Runs;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Forty customers on their phone look; thirty of them, and ten of forty others, do not go on. */
@ExtendWith(SparkExtension.class)
class CompareCommandTest {

  @TempDir static Path folder;

  @BeforeAll
  static void fill(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    for (Table table :
        List.of(Runs.TABLE, RfmScores.TABLE, Personas.TABLE, CustomerPersonas.TABLE)) {
      lake.create(table);
    }
    fill(
        lake,
        Customers.TABLE,
        "concat('c', id) AS customer_id",
        "CASE WHEN id < 40 THEN 'phone' WHEN id < 80 THEN 'desktop' END AS favourite_device");
    fill(
        lake,
        Journeys.TABLE,
        "concat('j', id) AS journey_id",
        "concat('c', id) AS customer_id",
        "timestamp'2026-01-20 10:00:00' AS started_at",
        "timestamp'2026-01-20 11:00:00' AS ended_at",
        "date'2026-01-20' AS ended_on",
        "CASE WHEN id < 30 OR id >= 70 THEN 'abandoned' ELSE 'converted' END AS outcome",
        "1 AS touchpoints_count",
        "CASE WHEN id < 30 OR id >= 70 THEN 0 ELSE 50 END AS revenue",
        "array('web') AS path");
    fill(
        lake,
        Touchpoints.TABLE,
        "concat('t', id) AS touchpoint_id",
        "id AS set_id",
        "1 AS set_check",
        "'web' AS channel",
        "CASE WHEN id % 2 = 0 THEN 'product_view' ELSE 'page_view' END AS type",
        "timestamp'2026-01-20 10:00:00' AS occurred_at",
        "date'2026-01-20' AS event_date");
    fill(
        lake,
        SetOwners.TABLE,
        "id AS set_id",
        "1 AS set_check",
        "timestamp'1970-01-01 00:00:00' AS valid_from",
        "concat('c', id) AS customer_id");
  }

  private static void fill(Lake lake, Table table, String... columns) {
    lake.create(table);
    lake.append(
        table,
        lake.spark()
            .createDataFrame(List.<Row>of(), table.schema())
            .unionByName(lake.spark().range(100).selectExpr(columns), true));
  }

  @Test
  void tellsWhatDiffersWithSizeIntervalAndCorrectedChance() {
    List<String> rows =
        compare("--a", "favourite_device = 'phone'", "--b", "favourite_device = 'desktop'");

    assertThat(rows).contains("a: favourite_device = 'phone': 40 customers");
    // 10 of 40 against 30 of 40.
    assertThat(rows)
        .anyMatch(
            row ->
                row.startsWith("metric conversion_rate 40 40 0.25 0.75 -0.5 -0.65")
                    && row.endsWith("true"))
        .anyMatch(row -> row.startsWith("graph web > (conversion) 40 40 0.25 0.75 -0.5"))
        .anyMatch(row -> row.startsWith("metric revenue_per_customer 40 40 12.5 37.5 -25.0"))
        .anyMatch(row -> row.startsWith("metric touchpoints_per_journey") && row.endsWith("false"));
  }

  @Test
  void restIsEverybodyElseAndUnknownThoseWithoutAValue() {
    assertThat(compare("--a", "favourite_device = 'phone'")).contains("b: rest: 60 customers");
    assertThat(compare("--a", "favourite_device = 'phone'", "--b", "unknown", "--least", "20"))
        .contains("b: unknown: 20 customers");
  }

  @Test
  void patternsMakeSegments() {
    assertThat(
            compare(
                "--with",
                "looked=product_view",
                "--a",
                "looked AND favourite_device = 'phone'",
                "--b",
                "NOT looked",
                "--least",
                "10",
                "--correction",
                "holm"))
        .contains("a: looked AND favourite_device = 'phone': 20 customers")
        .contains("b: NOT looked: 50 customers");
  }

  @Test
  void kindsOfSegmentsAreComparedWithEachOther() {
    assertThat(
            compare(
                "--a",
                "funnel:purchase>=product_view",
                "--b",
                "not segment:seen",
                "--set",
                "itinera.segments.seen=\"pattern:product_view\""))
        .contains("a: funnel:purchase>=product_view: 50 customers")
        .contains("b: not segment:seen: 50 customers");
  }

  @Test
  void clustersAreToldAndAreSegments() {
    TypedLine clusters = TypedLine.run(line("clusters", "--k", "2", "--format", "csv"));

    // Half of a hundred journeys of one step are abandoned, and the others buy for 50.
    assertThat(clusters.err()).isEmpty();
    assertThat(clusters.out().lines())
        .hasSize(3)
        .anyMatch(row -> row.matches("[12],cluster:metrics:[12]/2,60,0.6,0.0,0.0,1.0,.*,web,1.0"))
        .anyMatch(row -> row.matches("[12],cluster:metrics:[12]/2,40,0.4,1.0,50.0,1.0,.*,web,1.0"));
    assertThat(compare("--a", "cluster:metrics:1/2", "--b", "cluster:metrics:2/2"))
        .contains("a: cluster:metrics:1/2: 60 customers")
        .contains("b: cluster:metrics:2/2: 40 customers");
    assertThat(TypedLine.run(line("clusters", "--by", "steps")).err())
        .startsWith(
            "The journeys of 100 customers are of 1 kind, so they cannot be parted into 2.");
    assertThat(TypedLine.run(line("clusters", "--k", "1")).err())
        .startsWith("--k or --range: clusters must be 2 to 20");
    assertThat(TypedLine.run(line("clusters", "--k", "2", "--range", "2..3")).err())
        .startsWith("Give --k or --range, not both.");
    assertThat(TypedLine.run(line("clusters", "--by", "colour")).err())
        .startsWith("--by must be metrics or steps, was colour");
    assertMistake("There is no cluster 8: customers are in 2.", "--a", "cluster:metrics:8");
  }

  @Test
  void mistakesAreToldWithTheirPlace() {
    assertMistake(
        "SQL: A column, variable, or function parameter with name `colour`",
        "--a",
        "colour = 'red'");
    assertMistake("Nobody is in one of the segments: a has 0", "--a", "favourite_device = 'boat'");
    assertMistake(
        "--correction must be bh or holm, was none", "--a", "true", "--correction", "none");
    assertMistake(
        "--with x = a -> (b: has a pattern that cannot be read: ",
        "--a",
        "x",
        "--with",
        "x=a -> (b");
    assertMistake(
        "--b = quantile:revenue: must be quantile:", "--a", "true", "--b", "quantile:revenue");
  }

  private static void assertMistake(String error, String... words) {
    TypedLine typed = TypedLine.run(line("compare", words));
    assertThat(typed.err()).startsWith(error);
    assertThat(typed.code()).isEqualTo(2);
  }

  private static List<String> compare(String... words) {
    TypedLine typed = TypedLine.run(line("compare", words));
    assertThat(typed.err()).isEmpty();
    return typed.out().lines().map(row -> row.strip().replaceAll(" +", " ")).toList();
  }

  private static String[] line(String command, String... words) {
    return Stream.of(
            Stream.of("paths", command),
            Stream.of(words),
            Stream.of("--as-of", "2026-01-31", "--set", "itinera.warehouse=" + folder))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }
}
