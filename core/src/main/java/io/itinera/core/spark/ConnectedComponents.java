package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.Forest;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Connected components of an undirected graph over 64-bit nodes.
 *
 * <p>Each partition contracts its edges with a union-find: a spanning forest is never larger than
 * its nodes. When what is left fits into one task, one more contraction ends it. Otherwise rounds
 * bring the edges of each node together and contract again, which joins all neighbours of a node to
 * the smallest of them, as the large-star and small-star operations of Kiveris, Lattanzi, Mirrokni,
 * Rastogi and Vassilvitskii (Connected Components in MapReduce and Beyond, 2014) do.
 */
public final class ConnectedComponents {

  public static final String LEFT = "left_node";
  public static final String RIGHT = "right_node";
  public static final String NODE = "node";
  public static final String COMPONENT = "component";

  /** So many edges, and so at most as many nodes, are contracted in one task: about 350 MB. */
  static final long EDGES_OF_ONE_TASK = 12_000_000;

  private static final int MOST_ROUNDS = 100;
  private static final StructType STAR =
      new StructType()
          .add(NODE, DataTypes.LongType, false)
          .add(COMPONENT, DataTypes.LongType, false);

  private ConnectedComponents() {}

  /**
   * The component of every node that has an edge.
   *
   * @param edges columns {@link #LEFT} and {@link #RIGHT}, in any order, repeated or not
   * @return columns {@link #NODE} and {@link #COMPONENT}, its smallest node; one row per node
   */
  public static Dataset<Row> components(Dataset<Row> edges) {
    return components(edges, EDGES_OF_ONE_TASK);
  }

  static Dataset<Row> components(Dataset<Row> edges, long edgesOfOneTask) {
    HeldRows held = HoldRows.counted(contract(edges.select(LEFT, RIGHT)));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Dataset<Row> stars = held.rows();
      if (held.count() <= edgesOfOneTask) {
        return contract(stars.coalesce(1));
      }
      if (isDone(stars)) {
        Dataset<Row> roots = stars.select(col(COMPONENT).as(NODE), col(COMPONENT)).distinct();
        return stars.distinct().union(roots);
      }
      held = HoldRows.counted(joinNeighbours(stars));
    }
    throw new IllegalStateException(
        "connected components did not settle in %d rounds".formatted(MOST_ROUNDS));
  }

  private static Dataset<Row> joinNeighbours(Dataset<Row> stars) {
    Dataset<Row> links = withoutLoops(stars);
    Dataset<Row> bothWays =
        links.union(links.select(col(COMPONENT).as(NODE), col(NODE).as(COMPONENT)));
    return withoutLoops(contract(bothWays.repartition(col(NODE)))).distinct();
  }

  private static Dataset<Row> withoutLoops(Dataset<Row> stars) {
    return stars.where(col(NODE).notEqual(col(COMPONENT)));
  }

  /** Whether every node hangs on one root, and no root hangs on another. */
  private static boolean isDone(Dataset<Row> stars) {
    Dataset<Row> links = withoutLoops(stars).distinct();
    boolean hangsTwice =
        !links.groupBy(NODE).agg(count(lit(1)).as("roots")).where("roots > 1").isEmpty();
    if (hangsTwice) {
      return false;
    }
    Dataset<Row> roots = links.select(col(COMPONENT).as(NODE)).distinct();
    return links.join(roots, roots.col(NODE).equalTo(links.col(NODE)), "left_semi").isEmpty();
  }

  private static Dataset<Row> contract(Dataset<Row> edges) {
    return edges.mapPartitions(
        (MapPartitionsFunction<Row, Row>) ConnectedComponents::spanningStars, Encoders.row(STAR));
  }

  /** Each node of some edges with the smallest one that they connect it with. */
  static Iterator<Row> spanningStars(Iterator<Row> edges) {
    Forest forest = new Forest();
    while (edges.hasNext()) {
      Row edge = edges.next();
      forest.union(edge.getLong(0), edge.getLong(1));
    }
    return IntStream.range(0, forest.size())
        .mapToObj(i -> RowFactory.create(forest.node(i), forest.root(i)))
        .iterator();
  }
}
