package io.itinera.core.identity;

import static io.itinera.core.spark.ConnectedComponents.LEFT;
import static io.itinera.core.spark.ConnectedComponents.NODE;
import static io.itinera.core.spark.ConnectedComponents.RIGHT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.identity.JoinGroups.Verdict;
import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Takes groups of identifiers apart that break a rule: their edges are accepted one by one, unless
 * the group that an edge would make breaks one.
 *
 * <p>All edges of a group go to one task, sorted there by Spark, which spills what does not fit
 * into memory, and stream through {@link JoinGroups}: a group of a million edges needs some tens of
 * megabytes. All other groups are left as they are.
 *
 * @param edges as they came, with status and reason of those that were refused
 * @param nodes as they came, in the groups that are left
 */
record KeepLimits(Dataset<Row> edges, Dataset<Row> nodes) {

  static final String GROUP = "customer_group";

  private static final String IN_GROUP = "edge_group";
  private static final String BROKEN = "broken_group";
  private static final String MEMBERS = "members_count";
  private static final String OF_KIND = "members_of_kind_";
  private static final String APART_LEFT = "apart_left_group";
  private static final String APART_RIGHT = "apart_right_group";

  /**
   * Brings the groups inside the limits.
   *
   * @param edges what {@link FindEdges} found, with columns {@link ConnectedComponents#LEFT} and
   *     {@link ConnectedComponents#RIGHT}
   * @param nodes {@link Identities#TYPE}, {@link Identities#VALUE}, {@link
   *     ConnectedComponents#NODE}, {@link #GROUP}: what all edges that may link connect
   * @param hasStrangers whether anybody decided that two are different persons'
   * @return nothing if no group breaks a rule
   */
  static Optional<KeepLimits> keep(
      Dataset<Row> edges, Dataset<Row> nodes, Strangers hasStrangers, IdentityRules rules) {
    GroupLimits limits = rules.limits();
    Dataset<Row> found = tooLarge(nodes, limits);
    if (hasStrangers == Strangers.SOME) {
      found = found.union(withStrangers(edges, nodes)).distinct();
    }
    HeldRows broken = HoldRows.counted(found);
    if (broken.areNone()) {
      return Optional.empty();
    }
    Dataset<Row> members =
        nodes.join(broken.toJoin(), col(GROUP).equalTo(col(BROKEN)), "left_semi");
    Dataset<Row> judged =
        inOrder(edges, members, rules)
            .mapPartitions(judge(limits), Encoders.row(JudgeInOrder.JUDGED))
            .transform(HoldRows::toJoin);
    return Optional.of(
        new KeepLimits(
            judgedEdges(edges, judged, limits).transform(HoldRows::of),
            regrouped(nodes, judged).transform(HoldRows::of)));
  }

  /** Whether anybody decided that two identifiers are different persons'. */
  enum Strangers {
    NONE,
    SOME
  }

  private static Dataset<Row> tooLarge(Dataset<Row> nodes, GroupLimits limits) {
    List<Column> counts = new ArrayList<>();
    Column isTooLarge = col(MEMBERS).gt(limits.identifiers());
    for (String type : limits.types()) {
      String name = OF_KIND + limits.kind(type);
      counts.add(count(when(col(Identities.TYPE).equalTo(type), 1)).as(name));
      isTooLarge = isTooLarge.or(col(name).gt(limits.perType().get(type)));
    }
    return nodes
        .groupBy(col(GROUP).as(BROKEN))
        .agg(count(lit(1)).as(MEMBERS), counts.toArray(Column[]::new))
        .where(isTooLarge)
        .select(BROKEN);
  }

  private static Dataset<Row> withStrangers(Dataset<Row> edges, Dataset<Row> nodes) {
    Dataset<Row> left = nodes.select(col(NODE).as("apart_left"), col(GROUP).as(APART_LEFT));
    Dataset<Row> right = nodes.select(col(NODE).as("apart_right"), col(GROUP).as(APART_RIGHT));
    return edges
        .where(areStrangers())
        .transform(HoldRows::toJoin)
        .join(left, col(LEFT).equalTo(col("apart_left")), "inner")
        .join(right, col(RIGHT).equalTo(col("apart_right")), "inner")
        .where(col(APART_LEFT).equalTo(col(APART_RIGHT)))
        .select(col(APART_LEFT).as(BROKEN));
  }

  private static Column areStrangers() {
    return col(FindEdges.DECISION).eqNullSafe(Ruling.NEVER.text());
  }

  /** Edges as {@link JudgeInOrder} takes them, those of a group together and in order. */
  private static Dataset<Row> inOrder(Dataset<Row> edges, Dataset<Row> nodes, IdentityRules rules) {
    Dataset<Row> members = nodes.select(col(NODE).as("member"), col(GROUP).as(IN_GROUP));
    GroupLimits limits = rules.limits();
    Column isManual = col(IdentityEdges.RULE).equalTo(JudgeEdges.MANUAL);
    Column weaker =
        greatest(
            Strength.rank(col(IdentityEdges.LEFT_TYPE), rules),
            Strength.rank(col(IdentityEdges.RIGHT_TYPE), rules));
    return edges
        .where(col(JudgeEdges.MAY_LINK).or(areStrangers()))
        .join(members, col(LEFT).equalTo(col("member")), "inner")
        .repartition(col(IN_GROUP))
        .sortWithinPartitions(
            col(IN_GROUP),
            areStrangers().desc(),
            isManual.desc(),
            weaker.asc(),
            col(IdentityEdges.PROBABILITY).desc(),
            col(IdentityEdges.LAST_SEEN_AT).desc_nulls_last(),
            col(IdentityEdges.LEFT_TYPE),
            col(IdentityEdges.LEFT_VALUE),
            col(IdentityEdges.RIGHT_TYPE),
            col(IdentityEdges.RIGHT_VALUE))
        .select(
            col(IN_GROUP),
            areStrangers().as("are_strangers"),
            col(JudgeEdges.COUNTS_AS_ONE),
            col(LEFT),
            Strength.kind(col(IdentityEdges.LEFT_TYPE), limits).as("left_kind"),
            col(RIGHT),
            Strength.kind(col(IdentityEdges.RIGHT_TYPE), limits).as("right_kind"));
  }

  private static MapPartitionsFunction<Row, Row> judge(GroupLimits limits) {
    return edges -> new JudgeInOrder(limits, edges);
  }

  private static Dataset<Row> judgedEdges(
      Dataset<Row> edges, Dataset<Row> judged, GroupLimits limits) {
    Dataset<Row> refused =
        judged
            .where(col(JudgeInOrder.VERDICT).isNotNull())
            .select(
                col(JudgeInOrder.ONE).as("refused_left"),
                col(JudgeInOrder.OTHER).as("refused_right"),
                col(JudgeInOrder.VERDICT).as("verdict"),
                reason(limits).as("verdict_reason"));
    Column same =
        col(LEFT).equalTo(col("refused_left")).and(col(RIGHT).equalTo(col("refused_right")));
    Column isRefused = col("verdict").isNotNull();
    return edges
        .join(refused, same, "left")
        .withColumn(
            IdentityEdges.STATUS,
            when(isRefused, col("verdict")).otherwise(col(IdentityEdges.STATUS)))
        .withColumn(
            IdentityEdges.STATUS_REASON,
            when(isRefused, col("verdict_reason")).otherwise(col(IdentityEdges.STATUS_REASON)))
        .drop("refused_left", "refused_right", "verdict", "verdict_reason");
  }

  private static Column reason(GroupLimits limits) {
    Column verdict = col(JudgeInOrder.VERDICT);
    Column ofKind = lit(null).cast("string");
    for (String type : limits.types()) {
      ofKind =
          when(
                  col(JudgeInOrder.KIND).equalTo(limits.kind(type)),
                  "a customer would have more than %d %s (max-per-customer)"
                      .formatted(limits.perType().get(type), type))
              .otherwise(ofKind);
    }
    return when(verdict.equalTo(EdgeStatus.CONFLICT.text()), ofKind)
        .when(
            verdict.equalTo(EdgeStatus.DENIED.text()),
            "a customer would have two identifiers that are different persons' by decision")
        .otherwise(
            concat(
                lit("a customer would have more than "),
                lit(limits.identifiers()),
                lit(" identifiers (max-identifiers)")));
  }

  private static Dataset<Row> regrouped(Dataset<Row> nodes, Dataset<Row> judged) {
    Dataset<Row> groups =
        judged
            .where(col(JudgeInOrder.VERDICT).isNull())
            .select(
                col(JudgeInOrder.ONE).as("regrouped"), col(JudgeInOrder.OTHER).as("left_group"));
    return nodes
        .join(groups, col(NODE).equalTo(col("regrouped")), "left")
        .withColumn(GROUP, coalesce(col("left_group"), col(GROUP)))
        .drop("regrouped", "left_group");
  }

  /** What a refused edge is called. */
  static String status(Verdict verdict) {
    return switch (verdict) {
      case JOINED -> EdgeStatus.USED.text();
      case CONFLICT -> EdgeStatus.CONFLICT.text();
      case DENIED -> EdgeStatus.DENIED.text();
      case OVER_LIMIT -> EdgeStatus.OVER_LIMIT.text();
    };
  }
}
