package io.itinera.core.path;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.rule.Sha256;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PathTree;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Counts journeys by all beginnings of their paths: a tree whose root is the start of all. */
public final class CountPathTree {

  private static final String NODE = PathTree.NODE_ID;
  private static final String IS_ITSELF = "is_itself";
  private static final String IN_CHILDREN = "in_children";

  private static final StructType PART =
      new StructType()
          .add(NODE, DataTypes.StringType)
          .add(PathTree.PARENT_ID, DataTypes.StringType)
          .add(PathTree.DEPTH, DataTypes.LongType)
          .add(PathTree.STEP, DataTypes.StringType)
          .add(PathTree.JOURNEYS_COUNT, DataTypes.LongType)
          .add(PathTree.CONVERSIONS_COUNT, DataTypes.LongType)
          .add(PathTree.REVENUE, DataTypes.createDecimalType(38, 4))
          .add(PathTree.ENDED_COUNT, DataTypes.LongType);

  private CountPathTree() {}

  /**
   * One row per beginning of a path that enough journeys of the window share, and one for the start
   * of all.
   *
   * <p>The journeys of a node go on to its children, end there, or go on to what too few share:
   * journeys_count = out_count + ended_count + other_count.
   *
   * @param journeys rows of {@link Journeys}
   * @return rows of {@link PathTree}
   */
  public static Dataset<Row> tree(Dataset<Row> journeys, LocalDate asOf, PathRules rules) {
    Column isConverted = col(Journeys.OUTCOME).equalTo(JourneyOutcome.CONVERTED.text());
    Dataset<Row> nodes =
        journeys
            .where(rules.covers(col(Journeys.ENDED_ON), asOf))
            .groupBy(Journeys.PATH)
            .agg(
                count(lit(1)),
                coalesce(sum(when(isConverted, 1L)), lit(0L)),
                coalesce(sum(Journeys.REVENUE), lit(0)).cast("decimal(38,4)"))
            .mapPartitions(new Beginnings(), Encoders.row(PART))
            .groupBy(NODE, PathTree.PARENT_ID, PathTree.DEPTH, PathTree.STEP)
            .agg(
                sum(PathTree.JOURNEYS_COUNT).as(PathTree.JOURNEYS_COUNT),
                sum(PathTree.CONVERSIONS_COUNT).as(PathTree.CONVERSIONS_COUNT),
                Money.of(sum(PathTree.REVENUE)).as(PathTree.REVENUE),
                sum(PathTree.ENDED_COUNT).as(PathTree.ENDED_COUNT))
            // The start stays, however few there are.
            .where(
                col(PathTree.JOURNEYS_COUNT)
                    .geq(rules.leastOfNode())
                    .or(col(PathTree.DEPTH).equalTo(0)));
    return PathTree.TABLE.conform(
        withChildren(nodes)
            .withColumn(PathTree.AS_OF, lit(asOf))
            .withColumn(
                PathTree.OTHER_COUNT,
                col(PathTree.JOURNEYS_COUNT)
                    .minus(col(PathTree.OUT_COUNT))
                    .minus(col(PathTree.ENDED_COUNT))));
  }

  /** Each node with how many journeys its children have together, by one more grouping. */
  private static Dataset<Row> withChildren(Dataset<Row> nodes) {
    Dataset<Row> itself = nodes.withColumn(IS_ITSELF, lit(true)).withColumn(IN_CHILDREN, lit(0L));
    Dataset<Row> ofParents =
        nodes
            .where(col(PathTree.PARENT_ID).isNotNull())
            .select(col(PathTree.PARENT_ID).as(NODE), col(PathTree.JOURNEYS_COUNT).as(IN_CHILDREN));
    return itself
        .unionByName(ofParents, true)
        .groupBy(NODE)
        .agg(
            max(IS_ITSELF).as(IS_ITSELF),
            max(PathTree.PARENT_ID).as(PathTree.PARENT_ID),
            max(PathTree.DEPTH).as(PathTree.DEPTH),
            max(PathTree.STEP).as(PathTree.STEP),
            max(PathTree.JOURNEYS_COUNT).as(PathTree.JOURNEYS_COUNT),
            max(PathTree.CONVERSIONS_COUNT).as(PathTree.CONVERSIONS_COUNT),
            max(PathTree.REVENUE).as(PathTree.REVENUE),
            max(PathTree.ENDED_COUNT).as(PathTree.ENDED_COUNT),
            sum(IN_CHILDREN).as(PathTree.OUT_COUNT))
        .where(col(IS_ITSELF).isNotNull());
  }

  /** Distinct paths to their beginnings, those of one partition summed. */
  private static final class Beginnings implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int ID_LENGTH = 16;
    private static final String SEPARATOR = "\u0001";

    private static final class Node {
      private final String parent;
      private final long depth;
      private final String step;
      private long journeys;
      private long conversions;
      private long ended;
      private BigDecimal revenue = BigDecimal.ZERO;

      private Node(String parent, long depth, String step) {
        this.parent = parent;
        this.depth = depth;
        this.step = step;
      }

      private void add(Row path, boolean isEnd) {
        journeys += path.getLong(1);
        conversions += path.getLong(2);
        revenue = revenue.add(path.getDecimal(3));
        ended += isEnd ? path.getLong(1) : 0;
      }
    }

    @Override
    public Iterator<Row> call(Iterator<Row> paths) {
      Map<String, Node> nodes = new LinkedHashMap<>();
      while (paths.hasNext()) {
        Row path = paths.next();
        List<String> steps = path.isNullAt(0) ? List.of() : path.getList(0);
        String beginning = "";
        nodes
            .computeIfAbsent(beginning, none -> new Node(null, 0, CountTransitions.START))
            .add(path, steps.isEmpty());
        for (int i = 0; i < steps.size(); i++) {
          String parent = beginning;
          String step = steps.get(i);
          beginning = parent + SEPARATOR + step;
          long depth = i + 1L;
          nodes
              .computeIfAbsent(beginning, none -> new Node(parent, depth, step))
              .add(path, depth == steps.size());
        }
      }
      List<Row> rows = new ArrayList<>();
      nodes.forEach((beginning, node) -> rows.add(row(beginning, node)));
      return rows.iterator();
    }

    private static Row row(String beginning, Node node) {
      return RowFactory.create(
          id(beginning),
          node.parent == null ? null : id(node.parent),
          node.depth,
          node.step,
          node.journeys,
          node.conversions,
          node.revenue,
          node.ended);
    }

    private static String id(String beginning) {
      return HexFormat.of().formatHex(Sha256.of(beginning)).substring(0, ID_LENGTH);
    }
  }
}
