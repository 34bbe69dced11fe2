package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the distributed components with labels that a plain loop spreads until none changes. */
@ExtendWith(SparkExtension.class)
class ConnectedComponentsTest {

  private static final StructType EDGES =
      new StructType()
          .add(ConnectedComponents.LEFT, DataTypes.LongType)
          .add(ConnectedComponents.RIGHT, DataTypes.LongType);

  private record Edge(long left, long right) {}

  @ParameterizedTest
  @CsvSource({"1, 1000000", "3, 0"})
  void agreesWithPlainLoop(long seed, long edgesOfOneTask, SparkSession spark) {
    List<Edge> edges = randomEdges(new Random(seed), 600, 800);

    assertThat(components(spark, edges, edgesOfOneTask)).isEqualTo(byPlainLoop(edges));
  }

  @Test
  void longPathIsOneComponent(SparkSession spark) {
    List<Edge> path = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      path.add(new Edge(i * 7 % 201, (i + 1) * 7 % 201));
    }

    assertThat(components(spark, path, 0).values()).containsOnly(0L);
  }

  /** No Spark: what its tasks do, on as many graphs. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void contractedPartsGiveTheComponentsOfAPlainLoop(long seed) {
    Random random = new Random(seed);
    for (int graph = 0; graph < 2_500; graph++) {
      List<Edge> edges = shapes(random);
      List<Edge> contracted = new ArrayList<>();
      int parts = 1 + random.nextInt(8);
      for (int part = 0; part < parts; part++) {
        int number = part;
        List<Edge> own =
            IntStream.range(0, edges.size())
                .filter(i -> i % parts == number)
                .mapToObj(edges::get)
                .toList();
        contracted.addAll(stars(own));
      }
      Map<Long, Long> found = new TreeMap<>();
      stars(contracted).forEach(star -> found.put(star.left(), star.right()));

      assertThat(found).isEqualTo(byPlainLoop(edges));
    }
  }

  private static List<Edge> stars(List<Edge> edges) {
    List<Edge> stars = new ArrayList<>();
    ConnectedComponents.spanningStars(
            edges.stream().map(e -> RowFactory.create(e.left(), e.right())).iterator())
        .forEachRemaining(row -> stars.add(new Edge(row.getLong(0), row.getLong(1))));
    return stars;
  }

  /** Chains, stars, cliques and single edges, some of which touch. */
  private static List<Edge> shapes(Random random) {
    List<Edge> edges = new ArrayList<>();
    for (int shape = random.nextInt(6); shape >= 0; shape--) {
      List<Long> nodes = random.longs(1 + random.nextInt(7), -20, 20).boxed().toList();
      int kind = random.nextInt(3);
      for (int i = 1; i < nodes.size(); i++) {
        edges.add(new Edge(nodes.get(kind == 0 ? i - 1 : 0), nodes.get(i)));
        for (int k = 1; kind == 2 && k < i; k++) {
          edges.add(new Edge(nodes.get(k), nodes.get(i)));
        }
      }
    }
    Collections.shuffle(edges, random);
    return edges;
  }

  @ParameterizedTest
  @CsvSource({"1, true, 0", "2, true, 50", "3, false, 0", "5, true, 0", "8, false, 50"})
  void anyPartitioningGivesThemOnSpark(
      int partitions, boolean adaptive, long edgesOfOneTask, SparkSession spark) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.adaptive.enabled", String.valueOf(adaptive));
    session.conf().set("spark.sql.shuffle.partitions", String.valueOf(partitions));
    Random random = new Random(partitions);
    List<Edge> edges = new ArrayList<>(shapes(random));
    edges.addAll(randomEdges(random, 200, 150));

    assertThat(components(session, edges, edgesOfOneTask)).isEqualTo(byPlainLoop(edges));
  }

  private static Map<Long, Long> components(
      SparkSession spark, List<Edge> edges, long edgesOfOneTask) {
    List<Row> rows = edges.stream().map(e -> RowFactory.create(e.left(), e.right())).toList();
    Dataset<Row> graph = spark.createDataFrame(rows, EDGES).repartition(4);
    return ConnectedComponents.components(graph, edgesOfOneTask).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getLong(0), row -> row.getLong(1)));
  }

  private static List<Edge> randomEdges(Random random, int nodes, int count) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      edges.add(new Edge(random.nextInt(nodes) - nodes / 2, random.nextInt(nodes) - nodes / 2));
    }
    return edges;
  }

  private static Map<Long, Long> byPlainLoop(List<Edge> edges) {
    Map<Long, Long> labels = new TreeMap<>();
    edges.forEach(
        edge -> {
          labels.put(edge.left(), edge.left());
          labels.put(edge.right(), edge.right());
        });
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Edge edge : edges) {
        long smallest = Math.min(labels.get(edge.left()), labels.get(edge.right()));
        changed |= labels.put(edge.left(), smallest) != smallest;
        changed |= labels.put(edge.right(), smallest) != smallest;
      }
    }
    return labels;
  }
}
