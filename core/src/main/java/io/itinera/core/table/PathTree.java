package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Beginnings of paths as a tree, ready for a Sankey diagram or a sunburst. */
public final class PathTree {

  public static final String AS_OF = "as_of";
  public static final String NODE_ID = "node_id";
  public static final String PARENT_ID = "parent_id";
  public static final String DEPTH = "depth";
  public static final String STEP = "step";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String CONVERSIONS_COUNT = "conversions_count";
  public static final String REVENUE = "revenue";
  public static final String OUT_COUNT = "out_count";
  public static final String ENDED_COUNT = "ended_count";
  public static final String OTHER_COUNT = "other_count";

  public static final Table TABLE =
      Table.of(
              "path_tree",
              "Beginnings of paths as a tree: journeys_count = out_count + ended_count +"
                  + " other_count.",
              required(AS_OF, DateType, "night of the computation"),
              required(NODE_ID, StringType, "hash of the steps up to here; the same every night"),
              optional(PARENT_ID, StringType, "the node before it; null for the start"),
              optional(DEPTH, LongType, "steps up to here; 0 for the start"),
              optional(STEP, StringType, "the last of them; (start) for the start"),
              optional(JOURNEYS_COUNT, LongType, "journeys whose path begins like this"),
              optional(CONVERSIONS_COUNT, LongType, "how many of them converted"),
              optional(REVENUE, MONEY, "what they brought"),
              optional(OUT_COUNT, LongType, "those that go on to nodes of the table"),
              optional(ENDED_COUNT, LongType, "those whose path ends here, or has so far"),
              optional(
                  OTHER_COUNT,
                  LongType,
                  "those that go on to what fewer journeys share than"
                      + " itinera.paths.least-journeys-of-node"))
          .keyedBy(AS_OF, NODE_ID)
          .partitionedBy(AS_OF);

  private PathTree() {}
}
