package io.itinera.core.identity;

import static io.itinera.core.table.IdentityEdges.LEFT_TYPE;
import static io.itinera.core.table.IdentityEdges.LEFT_VALUE;
import static io.itinera.core.table.IdentityEdges.RIGHT_TYPE;
import static io.itinera.core.table.IdentityEdges.RIGHT_VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityOverrides;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Identifiers that name no single person: those of whom somebody says so, and those that were seen
 * with more persons than one person has names.
 */
public final class FindPlaceholders {

  public static final String TYPE = "type";
  public static final String VALUE = "value";

  /** Column: the status of its edges. */
  static final String STATUS = "placeholder_status";

  /** Column: why, in words. */
  static final String REASON = "placeholder_reason";

  /** Column: with how many person-level identifiers of one type one was seen at most. */
  public static final String FAN_OUT = "fan_out";

  /** Column: with how many it may be. */
  public static final String MAX_FAN_OUT = "max_fan_out";

  private FindPlaceholders() {}

  /**
   * The placeholders among the identifiers of some pairs.
   *
   * <p>An identifier seen with more than {@link IdentityRules#maxFanOut} distinct person-level
   * identifiers of one type is one in all but name, such as the telephone of a call centre. What
   * only a likeness of profiles or a source's own merge of records joins was not seen together:
   * that twenty records are one person's makes a placeholder of none.
   *
   * @param pairs the identifiers of {@link io.itinera.core.table.IdentityEdges}, {@link
   *     FindEdges#IS_MERGE} and {@link MatchEvidence#IS_MATCH}
   * @return {@link #TYPE}, {@link #VALUE}, {@link #STATUS}, {@link #REASON}; each identifier once
   */
  static Dataset<Row> among(Dataset<Row> pairs, Decisions decisions, IdentityRules rules) {
    Column isSeen = not(col(FindEdges.IS_MERGE).or(col(MatchEvidence.IS_MATCH)));
    Dataset<Row> hubs = hubs(pairs.where(isSeen), rules);
    return decisions
        .ignored()
        .map(
            ignored ->
                hubs.union(ignored(ignored))
                    .groupBy(TYPE, VALUE)
                    // A decision comes before what was counted.
                    .agg(min(struct(col(STATUS), col(REASON))).as("least"))
                    .select(
                        col(TYPE),
                        col(VALUE),
                        col("least." + STATUS).as(STATUS),
                        col("least." + REASON).as(REASON)))
        .orElse(hubs);
  }

  private static Dataset<Row> ignored(Dataset<Row> decided) {
    return decided.select(
        col(IdentityOverrides.LEFT_TYPE).as(TYPE),
        col(IdentityOverrides.LEFT_VALUE).as(VALUE),
        lit(EdgeStatus.DENIED.text()).as(STATUS),
        concat(
                col(IdentityOverrides.LEFT_TYPE),
                lit(" is ignored by decision: "),
                when(col(IdentityOverrides.REASON).equalTo(""), "no reason given")
                    .otherwise(col(IdentityOverrides.REASON)))
            .as(REASON));
  }

  /**
   * Identifiers that were seen with so many person-level identifiers of one type that they link
   * nobody, or soon will.
   *
   * @param edges rows of {@link io.itinera.core.table.IdentityEdges}
   * @param share of the most that is allowed, from which on one is near it, 0 to 1
   * @return {@link #TYPE}, {@link #VALUE}, {@link #FAN_OUT} and {@link #MAX_FAN_OUT}
   */
  public static Dataset<Row> nearLimit(Dataset<Row> edges, double share, IdentityRules rules) {
    Column isSeen =
        col(IdentityEdges.OBSERVATIONS)
            .gt(0)
            .and(col(IdentityEdges.RULE).notEqual(MatchEvidence.PROBABILISTIC));
    return fanOut(edges.where(isSeen), rules)
        .where(col(FAN_OUT).geq(col(MAX_FAN_OUT).multiply(share)));
  }

  private static Dataset<Row> hubs(Dataset<Row> pairs, IdentityRules rules) {
    return fanOut(pairs, rules)
        .where(col(FAN_OUT).gt(col(MAX_FAN_OUT)))
        .select(
            col(TYPE),
            col(VALUE),
            lit(EdgeStatus.OVER_LIMIT.text()).as(STATUS),
            concat(
                    col(TYPE),
                    lit(" was seen with "),
                    col(FAN_OUT),
                    lit(" person-level identifiers of one type, more than max-fan-out "),
                    col(MAX_FAN_OUT))
                .as(REASON));
  }

  private static Dataset<Row> fanOut(Dataset<Row> pairs, IdentityRules rules) {
    Column left = struct(col(LEFT_TYPE).as(TYPE), col(LEFT_VALUE).as(VALUE));
    Column right = struct(col(RIGHT_TYPE).as(TYPE), col(RIGHT_VALUE).as(VALUE));
    return pairs
        .select(
            explode(
                    array(
                        struct(left.as("node"), right.as("neighbour")),
                        struct(right.as("node"), left.as("neighbour"))))
                .as("both"))
        .select(
            col("both.node.type").as(TYPE),
            col("both.node.value").as(VALUE),
            col("both.neighbour.type").as("neighbour_type"))
        .where(Strength.isPersonal(col("neighbour_type"), rules))
        .groupBy(TYPE, VALUE, "neighbour_type")
        .agg(count(lit(1)).as("neighbours"))
        .groupBy(TYPE, VALUE)
        .agg(max("neighbours").as(FAN_OUT))
        .withColumn(MAX_FAN_OUT, Strength.maxFanOut(col(TYPE), rules));
  }
}
