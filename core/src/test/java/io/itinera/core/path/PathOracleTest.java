package io.itinera.core.path;

import static io.itinera.testing.TableText.wholeRows;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.journey.CarryJourneys;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RfmScores;
import io.itinera.testing.Seeds;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Counts paths of random touchpoints by plain loops over what each customer did, and compares the
 * tree, its step matrix, variants and transitions: with touchpoints of one instant, and steps that
 * come again.
 */
@ExtendWith(SparkExtension.class)
class PathOracleTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 31);
  private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");
  private static final PathRules RULES = PathRules.of(365);
  private static final List<String> TYPES = List.of("view", "cart", "call", "mail", "buy");
  private static final String BUY = "buy";
  private static final Duration GAP = Duration.ofDays(5);

  private record Touch(String id, String customer, String type, Instant at, long sequence) {
    private String line() {
      return String.join(
          " | ", id, customer, "web", type, at.toString().replaceAll("[TZ]", " "), sequence + "");
    }
  }

  private record Way(List<Touch> touches, boolean isConverted, boolean isOpen) {
    private String beginning(int steps) {
      return touches.stream().limit(steps).map(Touch::type).collect(joining(" > "));
    }
  }

  private static LongStream seeds() {
    return Seeds.upTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pathsAreThoseThatPlainLoopsFind(long seed, SparkSession spark) {
    List<Touch> touches = touches(new Random(seed));
    List<Way> ways = ways(touches);
    Dataset<Row> journeys = journeys(spark, touches).cache();

    assertTree(CountPathTree.tree(journeys, AS_OF, RULES), ways);
    assertTreeFolds(journeys, ways);
    assertStepMatrix(spark, CountPathTree.tree(journeys, AS_OF, RULES), ways);
    assertVariants(CountPathVariants.variants(journeys, AS_OF, RULES), ways);
    assertTransitions(spark, journeys, ways);
  }

  private static void assertTree(Dataset<Row> tree, List<Way> ways) {
    Map<String, long[]> nodes = new TreeMap<>();
    for (Way way : ways) {
      int size = way.touches().size();
      for (int steps = 0; steps <= size; steps++) {
        long[] node = nodes.computeIfAbsent(way.beginning(steps), none -> new long[4]);
        node[0]++;
        node[1] += way.isConverted() ? 1 : 0;
        node[2] += steps < size ? 1 : 0;
        node[3] += steps == size ? 1 : 0;
      }
    }
    List<String> expected = new ArrayList<>();
    nodes.forEach(
        (beginning, n) ->
            expected.add("%s: %d %d %d %d 0".formatted(beginning, n[0], n[1], n[2], n[3])));
    assertThat(told(tree)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** As (beginning: journeys, conversions, out, ended, other), by walking up to the root. */
  private static List<String> told(Dataset<Row> tree) {
    Map<String, Row> byId = new TreeMap<>();
    List<Row> rows = tree.collectAsList();
    rows.forEach(row -> byId.put(row.getAs("node_id"), row));
    List<String> told = new ArrayList<>();
    for (Row row : rows) {
      List<String> steps = new ArrayList<>();
      for (Row at = row;
          at.getAs("parent_id") != null;
          at = byId.get(at.<String>getAs("parent_id"))) {
        steps.add(at.getAs("step"));
      }
      Collections.reverse(steps);
      assertThat(row.<Long>getAs("depth")).isEqualTo(steps.size());
      told.add(
          "%s: %d %d %d %d %d"
              .formatted(
                  String.join(" > ", steps),
                  row.<Long>getAs("journeys_count"),
                  row.<Long>getAs("conversions_count"),
                  row.<Long>getAs("out_count"),
                  row.<Long>getAs("ended_count"),
                  row.<Long>getAs("other_count")));
    }
    return told;
  }

  /** Where few share a beginning it folds, and what comes in still goes out, ends or is other. */
  private static void assertTreeFolds(Dataset<Row> journeys, List<Way> ways) {
    PathRules three = new PathRules(365, 3, RULES.patterns(), RULES.transitionsOf());
    List<Row> nodes = CountPathTree.tree(journeys, AS_OF, three).collectAsList();

    Map<String, Long> beginnings = new TreeMap<>();
    for (Way way : ways) {
      for (int steps = 1; steps <= way.touches().size(); steps++) {
        beginnings.merge(way.beginning(steps), 1L, Long::sum);
      }
    }
    assertThat(nodes).hasSize(1 + (int) beginnings.values().stream().filter(n -> n >= 3).count());
    for (Row node : nodes) {
      long children =
          nodes.stream()
              .filter(child -> node.getAs("node_id").equals(child.getAs("parent_id")))
              .mapToLong(child -> child.<Long>getAs("journeys_count"))
              .sum();
      assertThat(node.<Long>getAs("out_count")).isEqualTo(children);
      assertThat(node.<Long>getAs("journeys_count"))
          .isEqualTo(children + node.<Long>getAs("ended_count") + node.<Long>getAs("other_count"));
    }
    assertThat(nodes.stream().mapToLong(node -> node.<Long>getAs("other_count")).sum())
        .isPositive();
  }

  /** As docs/paths.md asks for it. */
  private static void assertStepMatrix(SparkSession spark, Dataset<Row> tree, List<Way> ways) {
    tree.createOrReplaceTempView("path_tree_of_oracle");
    Map<Integer, Map<String, Long>> states = new TreeMap<>();
    for (Way way : ways) {
      for (int place = 0; place < way.touches().size(); place++) {
        states
            .computeIfAbsent(place + 1, none -> new TreeMap<>())
            .merge(way.touches().get(place).type(), 1L, Long::sum);
      }
    }
    List<String> expected = new ArrayList<>();
    states.forEach(
        (place, counts) -> {
          long all = counts.values().stream().mapToLong(Long::longValue).sum();
          counts.forEach(
              (type, count) ->
                  expected.add(
                      "%d %s %d %d".formatted(place, type, count, 1_000_000 * count / all)));
        });
    assertThat(
            texts(
                spark.sql(
                    """
                    SELECT depth, step, sum(journeys_count) AS journeys_count,
                      floor(1000000 * sum(journeys_count)
                        / sum(sum(journeys_count)) OVER (PARTITION BY depth)) AS share
                    FROM path_tree_of_oracle
                    WHERE depth > 0
                    GROUP BY depth, step
                    """)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void assertVariants(Dataset<Row> variants, List<Way> ways) {
    Map<String, long[]> paths = new TreeMap<>();
    for (Way way : ways) {
      long[] path = paths.computeIfAbsent(way.beginning(way.touches().size()), none -> new long[3]);
      path[0]++;
      path[1] += way.isOpen() ? 0 : 1;
      path[2] += way.isConverted() ? 1 : 0;
    }
    List<String> expected = new ArrayList<>();
    paths.forEach(
        (path, n) ->
            expected.add(
                "%s: %d %d %d %s"
                    .formatted(
                        path, n[0], n[1], n[2], n[1] == 0 ? "-" : (double) n[2] / n[1] + "")));
    assertThat(
            texts(
                variants.selectExpr(
                    "concat(path_text, ':')",
                    "journeys_count",
                    "closed_count",
                    "conversions_count",
                    "coalesce(cast(conversion_rate AS STRING), '-')")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void assertTransitions(SparkSession spark, Dataset<Row> journeys, List<Way> ways) {
    Map<String, List<Long>> pairs = new TreeMap<>();
    for (Way way : ways) {
      List<Touch> touches = way.touches();
      for (int i = 1; i < touches.size(); i++) {
        pairs
            .computeIfAbsent(
                touches.get(i - 1).type() + " " + touches.get(i).type(), none -> new ArrayList<>())
            .add(touches.get(i - 1).at().until(touches.get(i).at(), ChronoUnit.SECONDS));
      }
    }
    List<String> expected = new ArrayList<>();
    pairs.forEach(
        (pair, seconds) -> {
          Collections.sort(seconds);
          int size = seconds.size();
          double median = (seconds.get((size - 1) / 2) + seconds.get(size / 2)) / 2.0;
          expected.add("%s %d %s".formatted(pair, size, median));
        });
    Dataset<Row> all =
        CountTransitions.transitions(
            journeys,
            new CustomerGroups(
                spark.createDataFrame(List.<Row>of(), CustomerPersonas.TABLE.schema()),
                spark.createDataFrame(List.<Row>of(), RfmScores.TABLE.schema())),
            AS_OF,
            RULES);
    assertThat(
            texts(
                all.where("from_step <> '(start)' AND to_step NOT IN ('(conversion)', '(exit)')")
                    .select("from_step", "to_step", "transitions_count", "median_seconds")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).toList();
  }

  /** Of a few customers, on few instants, so that many are at the same. */
  private static List<Touch> touches(Random random) {
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String type = TYPES.get(random.nextInt(10) == 0 ? 4 : random.nextInt(4));
      Instant at = FIRST.plus(Duration.ofHours(12L * random.nextInt(60)));
      touches.add(new Touch("t" + i, "c" + random.nextInt(15), type, at, random.nextInt(2)));
    }
    return touches;
  }

  private static List<Way> ways(List<Touch> touches) {
    Map<String, List<Touch>> customers = new TreeMap<>();
    touches.forEach(
        touch -> customers.computeIfAbsent(touch.customer(), none -> new ArrayList<>()).add(touch));
    List<Way> ways = new ArrayList<>();
    for (List<Touch> all : customers.values()) {
      all.sort(
          Comparator.comparing(Touch::at).thenComparing(Touch::sequence).thenComparing(Touch::id));
      List<Touch> way = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        way.add(all.get(i));
        boolean isConverted = all.get(i).type().equals(BUY);
        Instant next = i + 1 < all.size() ? all.get(i + 1).at() : END;
        boolean isSilent = next.isAfter(all.get(i).at().plus(GAP));
        if (isConverted || isSilent || i + 1 == all.size()) {
          ways.add(new Way(way, isConverted, !isConverted && !isSilent));
          way = new ArrayList<>();
        }
      }
    }
    return ways;
  }

  private static Dataset<Row> journeys(SparkSession spark, List<Touch> touches) {
    String text =
        "touchpoint_id | customer_id | channel | type | occurred_at | sequence\n"
            + touches.stream().map(Touch::line).collect(joining("\n"));
    JourneyRules rules =
        new JourneyRules(
            GAP,
            Set.of(BUY),
            StepUnit.TOUCHPOINT,
            StepLabel.TYPE,
            Repeats.UNIQUE,
            Set.of(),
            Set.of(),
            ZoneId.of("UTC"));
    return CutJourneys.journeys(
        wholeRows(spark, OwnedTouchpoints.VIEW, text),
        CarryJourneys.nothing(spark.createDataFrame(List.<Row>of(), Journeys.TABLE.schema())),
        END,
        rules);
  }
}
