package io.itinera.core.identity;

import static io.itinera.core.table.IdentityEdges.FIRST_SEEN_AT;
import static io.itinera.core.table.IdentityEdges.LAST_SEEN_AT;
import static io.itinera.core.table.IdentityEdges.LEFT_TYPE;
import static io.itinera.core.table.IdentityEdges.LEFT_VALUE;
import static io.itinera.core.table.IdentityEdges.OBSERVATIONS;
import static io.itinera.core.table.IdentityEdges.RIGHT_TYPE;
import static io.itinera.core.table.IdentityEdges.RIGHT_VALUE;
import static io.itinera.core.table.IdentityEdges.SOURCES;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityOverrides;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which identifiers were named together, and whether that may link them. */
final class FindEdges {

  /** Column: what somebody decided about the two; null if nobody did. */
  static final String DECISION = "decision";

  /** Column: why. */
  static final String DECIDED_BECAUSE = "decided_because";

  /** Column: whether a source itself says that its records are one person's. */
  static final String IS_MERGE = "is_merge";

  private static final String LEFT = "l";
  private static final String RIGHT = "r";
  private static final String FIRST = "first_record";

  private FindEdges() {}

  /**
   * One row per pair of identifiers that a record named together, or about which somebody decided
   * once both of them were seen.
   *
   * <p>Each edge is judged for itself here ({@link JudgeEdges}): one that may link has status
   * {@code used}. Whether the customer that it makes would break a rule is seen later.
   *
   * @param evidence rows of {@link Evidence}
   * @return columns of {@link IdentityEdges}, {@link #DECISION} and {@link JudgeEdges#MAY_LINK}
   */
  static Dataset<Row> edges(Dataset<Row> evidence, Decisions decisions, IdentityRules rules) {
    Dataset<Row> pairs = pairs(evidence).transform(HoldRows::of);
    Dataset<Row> decided =
        decisions
            .pairs()
            .map(made -> withDecisions(pairs, seen(made, evidence)))
            .orElse(
                pairs
                    .withColumn(DECISION, lit(null).cast("string"))
                    .withColumn(DECIDED_BECAUSE, lit(null).cast("string")));
    return JudgeEdges.judge(decided, FindPlaceholders.among(pairs, decisions, rules), rules);
  }

  private static Dataset<Row> pairs(Dataset<Row> evidence) {
    boolean hasMatches = MatchEvidence.isIn(evidence);
    List<Column> told = new ArrayList<>();
    told.add(min(Evidence.FIRST_AT).as(FIRST_SEEN_AT));
    told.add(max(Evidence.LAST_AT).as(LAST_SEEN_AT));
    told.add(max(col(Evidence.KIND).equalTo(EvidenceKind.MERGE.text())).as(IS_MERGE));
    told.add(
        (hasMatches ? MatchEvidence.sources() : array_sort(collect_set(Evidence.SOURCE)))
            .as(SOURCES));
    told.add(
        min(struct(
                coalesce(col(Evidence.FIRST_AT), NameCustomers.NEVER).as("at"),
                col(Evidence.SOURCE).as("source"),
                col(Evidence.SET_ID).as("set_id")))
            .as(FIRST));
    if (hasMatches) {
      told.addAll(MatchEvidence.told());
    }
    Dataset<Row> pairs =
        evidence
            .where(size(col(Evidence.IDENTIFIERS)).gt(1))
            .withColumn(LEFT, explode(col(Evidence.IDENTIFIERS)))
            .withColumn(RIGHT, explode(col(Evidence.IDENTIFIERS)))
            .where(col(LEFT).lt(col(RIGHT)))
            .groupBy(
                col("l.type").as(LEFT_TYPE),
                col("l.value").as(LEFT_VALUE),
                col("r.type").as(RIGHT_TYPE),
                col("r.value").as(RIGHT_VALUE))
            .agg(sum(Evidence.OBSERVATIONS).as(OBSERVATIONS), told.toArray(Column[]::new))
            .withColumn(IdentityEdges.FIRST_SOURCE, col(FIRST + ".source"))
            .withColumn(IdentityEdges.FIRST_SET_ID, col(FIRST + ".set_id"))
            .drop(FIRST);
    return hasMatches ? pairs : MatchEvidence.untold(pairs);
  }

  /** The decisions about identifiers both of which evidence names. */
  private static Dataset<Row> seen(Dataset<Row> decided, Dataset<Row> evidence) {
    Dataset<Row> about =
        Decisions.bothWays(decided)
            .select(
                col(IdentityOverrides.LEFT_TYPE).as("about_type"),
                col(IdentityOverrides.LEFT_VALUE).as("about_value"));
    // Decisions are few and are sent around; evidence stays where it is.
    Dataset<Row> named =
        evidence
            .select(explode(col(Evidence.IDENTIFIERS)).as("id"))
            .select(col("id.type").as("seen_type"), col("id.value").as("seen_value"))
            .join(about, isSeen("about_type", "about_value"), "left_semi")
            .distinct()
            .transform(HoldRows::toJoin);
    return decided
        .join(named, isSeen(IdentityOverrides.LEFT_TYPE, IdentityOverrides.LEFT_VALUE), "left_semi")
        .join(
            named,
            isSeen(IdentityOverrides.RIGHT_TYPE, IdentityOverrides.RIGHT_VALUE),
            "left_semi");
  }

  private static Column isSeen(String type, String value) {
    return col(type).equalTo(col("seen_type")).and(col(value).equalTo(col("seen_value")));
  }

  private static Dataset<Row> withDecisions(Dataset<Row> pairs, Dataset<Row> decided) {
    Dataset<Row> made =
        decided.select(
            col(IdentityOverrides.LEFT_TYPE).as("dlt"),
            col(IdentityOverrides.LEFT_VALUE).as("dlv"),
            col(IdentityOverrides.RIGHT_TYPE).as("drt"),
            col(IdentityOverrides.RIGHT_VALUE).as("drv"),
            col(IdentityOverrides.DECISION).as(DECISION),
            col(IdentityOverrides.REASON).as(DECIDED_BECAUSE));
    Column same =
        col(LEFT_TYPE)
            .equalTo(col("dlt"))
            .and(col(LEFT_VALUE).equalTo(col("dlv")))
            .and(col(RIGHT_TYPE).equalTo(col("drt")))
            .and(col(RIGHT_VALUE).equalTo(col("drv")));
    Column[] columns =
        Stream.of(
                coalesce(col(LEFT_TYPE), col("dlt")).as(LEFT_TYPE),
                coalesce(col(LEFT_VALUE), col("dlv")).as(LEFT_VALUE),
                coalesce(col(RIGHT_TYPE), col("drt")).as(RIGHT_TYPE),
                coalesce(col(RIGHT_VALUE), col("drv")).as(RIGHT_VALUE),
                coalesce(col(OBSERVATIONS), lit(0L)).as(OBSERVATIONS),
                col(FIRST_SEEN_AT),
                col(LAST_SEEN_AT),
                coalesce(col(IS_MERGE), lit(false)).as(IS_MERGE),
                coalesce(col(SOURCES), array().cast(ColumnTypes.STRINGS)).as(SOURCES),
                coalesce(col(MatchEvidence.IS_MATCH), lit(false)).as(MatchEvidence.IS_MATCH),
                col(MatchEvidence.MATCH),
                col(IdentityEdges.FIRST_SOURCE),
                col(IdentityEdges.FIRST_SET_ID),
                col(DECISION),
                col(DECIDED_BECAUSE))
            .toArray(Column[]::new);
    return pairs.join(made, same, "full").select(columns);
  }
}
