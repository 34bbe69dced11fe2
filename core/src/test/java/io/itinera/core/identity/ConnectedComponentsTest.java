package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

/** Compares the distributed components with labels that a plain loop spreads until none changes. */
@ExtendWith(SparkExtension.class)
class ConnectedComponentsTest {

  private static final StructType EDGES =
      new StructType()
          .add(ConnectedComponents.LEFT, DataTypes.LongType)
          .add(ConnectedComponents.RIGHT, DataTypes.LongType);

  private record Edge(long left, long right) {}

  @ParameterizedTest
  @CsvSource({"1, 1000000", "2, 1000000", "1, 0", "3, 0"})
  void agreesWithPlainLoop(long seed, long edgesOfOneTask, SparkSession spark) {
    List<Edge> edges = randomEdges(new Random(seed), 300, 400);

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

  @Test
  void answerIsTheSameWithoutAdaptiveExecution(SparkSession spark) {
    List<Edge> edges = randomEdges(new Random(4), 200, 200);
    assertThat(componentsWith(spark, edges, "true"))
        .isEqualTo(componentsWith(spark, edges, "false"));
  }

  private static Map<Long, Long> componentsWith(
      SparkSession spark, List<Edge> edges, String adaptive) {
    String before = spark.conf().get("spark.sql.adaptive.enabled");
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
    try {
      return components(spark, edges, 0);
    } finally {
      spark.conf().set("spark.sql.adaptive.enabled", before);
    }
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
