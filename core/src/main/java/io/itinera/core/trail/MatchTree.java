package io.itinera.core.trail;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.reverse;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The trees of paths that lead up to matches and away from them, cut where it was asked for. */
public final class MatchTree {

  public static final String SIDE = "side";
  public static final String DEPTH = "depth";
  public static final String PATH = "path";
  public static final String STEP = "step";
  public static final String MATCHES = "matches_count";
  public static final String CUSTOMERS = "customers_count";
  public static final String SHARE = "share";

  private static final String NAMES = "names";
  private static final String NODE = "node";

  private MatchTree() {}

  /**
   * One row per beginning of a path that matches share, from the match on: behind it ({@code
   * after}), and backwards before it ({@code before}).
   *
   * <p>What a node counts, its children add up to, as far as was looked: where the touches of the
   * customer end, begin, or are too far away, stands a child that says so.
   *
   * @param matches as {@link MatchTouchpoints#matches} gives them
   * @param all how many matches there are
   */
  public static Dataset<Row> tree(Dataset<Row> matches, long all) {
    Column sides =
        array(
            struct(lit("after").as(SIDE), names(true).as(NAMES)),
            struct(lit("before").as(SIDE), names(false).as(NAMES)));
    Column beginnings =
        transform(sequence(lit(1), size(col(NAMES))), n -> slice(col(NAMES), lit(1), n));
    return matches
        .select(col(MatchTouchpoints.CUSTOMER), inline(sides))
        .where(size(col(NAMES)).gt(0))
        .select(col(MatchTouchpoints.CUSTOMER), col(SIDE), explode(beginnings).as(NODE))
        .groupBy(SIDE, NODE)
        .agg(
            count(lit(1)).as(MATCHES),
            count_distinct(col(MatchTouchpoints.CUSTOMER)).as(CUSTOMERS),
            count(lit(1)).divide(lit(all)).as(SHARE))
        .select(
            col(SIDE),
            size(col(NODE)).as(DEPTH),
            array_join(col(NODE), " > ").as(PATH),
            element_at(col(NODE), -1).as(STEP),
            col(MATCHES),
            col(CUSTOMERS),
            col(SHARE));
  }

  /** Names of what stands on one side, the nearest first. */
  private static Column names(boolean isAfter) {
    Column there =
        array_sort(
            filter(
                col(MatchTouchpoints.NEIGHBOURS),
                each -> {
                  Column offset = each.getField(MatchTouchpoints.OFFSET);
                  return isAfter ? offset.gt(0) : offset.lt(0);
                }));
    return transform(
        isAfter ? there : reverse(there), each -> each.getField(MatchTouchpoints.NAME));
  }
}
