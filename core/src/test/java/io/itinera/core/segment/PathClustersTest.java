package io.itinera.core.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.segment.ClusterRules.By;
import io.itinera.core.table.Journeys;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.jdk.javaapi.CollectionConverters;

/** Fifty people buy at once, thirty look for weeks and buy nothing, twenty call again and again. */
@ExtendWith(SparkExtension.class)
class PathClustersTest {

  private static final StructType JOURNEYS = schema();

  private static StructType schema() {
    StructType schema = new StructType();
    for (String column :
        List.of(
            Journeys.CUSTOMER_ID,
            Journeys.OUTCOME,
            Journeys.REVENUE,
            Journeys.TOUCHPOINTS_COUNT,
            Journeys.SESSIONS_COUNT,
            Journeys.STARTED_AT,
            Journeys.ENDED_AT,
            Journeys.HAD_CONTACT_CENTRE,
            Journeys.HAD_COMPLAINT,
            Journeys.PATH)) {
      schema = schema.add(Journeys.TABLE.schema().apply(column));
    }
    return schema;
  }

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final Random random = new Random(3);
  private final List<Row> journeys = new ArrayList<>();

  private void journey(String customer, String outcome, int revenue, int days, String... path) {
    journeys.add(
        RowFactory.create(
            customer,
            outcome,
            new BigDecimal(revenue),
            (long) path.length,
            1L + days,
            Timestamp.from(START),
            Timestamp.from(START.plusSeconds(86_400L * days)),
            List.of(path).contains("call"),
            false,
            CollectionConverters.asScala(List.of(path)).toSeq()));
  }

  private void everybody() {
    for (int i = 0; i < 50; i++) {
      journey("buyer" + i, "converted", 50 + random.nextInt(20), 0, "search", "purchase");
    }
    for (int i = 0; i < 30; i++) {
      journey("looker" + i, "abandoned", 0, 10 + random.nextInt(9), "web", "search", "web", "web");
    }
    for (int i = 0; i < 20; i++) {
      journey("caller" + i, "abandoned", 0, random.nextInt(3), "call", "call", "web", "call");
      journey("caller" + i, "open", 0, 1, "call", "chat");
    }
    Collections.shuffle(journeys, random);
  }

  private Dataset<Row> rows(SparkSession spark, int partitions) {
    return spark.createDataFrame(journeys, JOURNEYS).repartition(partitions);
  }

  private static String group(Row member) {
    return member.getString(0).replaceAll("[0-9]", "");
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void plantedGroupsAreFoundAndNumberedByTheirSize(By by, SparkSession spark) {
    everybody();

    PathClusters clusters = PathClusters.of(rows(spark, 2), new ClusterRules(by, 2, 5));

    assertThat(
            clusters.members().collectAsList().stream()
                .collect(
                    Collectors.groupingBy(
                        row -> row.getLong(1),
                        Collectors.groupingBy(PathClustersTest::group, Collectors.counting()))))
        .hasToString("{1={buyer=50}, 2={looker=30}, 3={caller=20}}");
    assertThat(clusters.silhouettes()).containsKeys(2, 3);
    String name = by.name().toLowerCase(Locale.ROOT);
    List<Row> told = clusters.rows();
    assertThat(told)
        .extracting(row -> row.getString(1))
        .containsExactly(
            "cluster:%s:1/3".formatted(name),
            "cluster:%s:2/3".formatted(name),
            "cluster:%s:3/3".formatted(name));
    Row buyers = told.get(0);
    assertThat(buyers.getLong(2)).isEqualTo(50);
    assertThat(buyers.getDouble(3)).isEqualTo(0.5);
    assertThat(buyers.getDouble(4)).isEqualTo(1);
    assertThat(buyers.getDouble(5)).isBetween(50.0, 70.0);
    assertThat(buyers.getString(8)).isEqualTo("search > purchase");
    Row callers = told.get(2);
    assertThat(callers.getDouble(4)).isZero();
    assertThat(callers.getDouble(6)).isEqualTo(2);
    assertThat(callers.getString(7)).contains("share of call +");
    assertThat(callers.getString(8)).isEqualTo("call > call > web > call");
    assertThat(callers.getDouble(9)).isEqualTo(0.5);
    assertThat(clusters.members(2).count()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void orderAndPartitioningDoNotMatter(By by, SparkSession spark) {
    for (int i = 0; i < 120; i++) {
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        String[] path = new String[random.nextInt(1, 6)];
        for (int step = 0; step < path.length; step++) {
          path[step] = List.of("web", "call", "store", "mail").get(random.nextInt(4));
        }
        journey("c" + i, random.nextBoolean() ? "converted" : "abandoned", i % 7, i % 5, path);
      }
    }
    ClusterRules rules = new ClusterRules(by, 2, 4);
    PathClusters once = PathClusters.of(rows(spark, 1), rules);
    List<Row> told = once.rows();
    Set<Row> members = new HashSet<>(once.members().collectAsList());
    Collections.shuffle(journeys, random);

    PathClusters again = PathClusters.of(rows(spark, 5), rules);

    assertThat(again.rows()).isEqualTo(told);
    assertThat(new HashSet<>(again.members().collectAsList())).isEqualTo(members);
    assertThat(again.silhouettes()).isEqualTo(once.silhouettes());
  }

  @Test
  void nobodyAndOneOfAKindAreSaid(SparkSession spark) {
    ClusterRules rules = ClusterRules.of(By.METRICS);
    assertThatThrownBy(() -> PathClusters.of(rows(spark, 1), rules))
        .isInstanceOf(TooAlikeException.class)
        .hasMessage("Nobody has a journey in the window of itinera.paths");
    journey("ann", "converted", 5, 0, "web");
    assertThatThrownBy(() -> PathClusters.of(rows(spark, 1), rules))
        .hasMessage("The journeys of 1 customer are of 1 kind, so they cannot be parted into 2");
    journey("bob", "converted", 5, 0, "web");
    journey("cid", "abandoned", 0, 3, "web", "call");
    assertThatThrownBy(() -> PathClusters.of(rows(spark, 1), new ClusterRules(By.STEPS, 3, 3)))
        .hasMessage("The journeys of 3 customers are of 2 kinds, so they cannot be parted into 3");
    assertThatThrownBy(() -> PathClusters.of(rows(spark, 1), rules).members(3))
        .hasMessage("There is no cluster 3: customers are in 2");
  }

  @Test
  void metricsAreThoseOfCountingEachJourney(SparkSession spark) {
    journey("ann", "converted", 30, 2, "web", "call", "web", "web");
    journey("ann", "open", 0, 0, "store");
    journey("ann", "abandoned", 0, 1, "web");

    MeasurePaths measure = new MeasurePaths(List.of("call", "web"));
    double[] values = MeasurePaths.values(measure.measured(rows(spark, 2)).first());

    // Six steps, of which each journey repeats what it had before: web twice in the first.
    assertThat(values)
        .containsExactly(
            new double[] {
              3, 6 / 3.0, 6 / 3.0, 1, 4 / 3.0, 2 / 6.0, 1 / 3.0, 10, 1 / 3.0, 0, 1 / 6.0, 4 / 6.0
            },
            within(1e-12));
    assertThat(measure.names()).hasSameSizeAs(new TreeSet<>(measure.names())).hasSize(12);
    assertThat(MeasurePaths.frequent(rows(spark, 2))).containsExactly("web", "call", "store");
  }
}
