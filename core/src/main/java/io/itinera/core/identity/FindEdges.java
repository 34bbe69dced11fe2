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
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.IdentityEdges;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which identifiers were named together, and whether that links them. */
final class FindEdges {

  /** Rule of an edge that somebody, or a source's own merge of records, says holds always. */
  private static final String MANUAL = "manual";

  /** Kind of evidence that says so. */
  private static final String IS_MERGE = "is_merge";

  private static final String LEFT = "l";
  private static final String RIGHT = "r";
  private static final String TYPE = "type";
  private static final String VALUE = "value";
  private static final String FAN_OUT = "fan_out";

  private FindEdges() {}

  /**
   * One row per pair of identifiers that a record named together.
   *
   * <p>An identifier seen with more than {@code rules.maxFanOut()} distinct person-level
   * identifiers of one type is a placeholder in all but name, such as the telephone of a call
   * centre: its edges are kept with status {@code over-limit} and link nobody.
   *
   * @param evidence rows of {@link Evidence}
   * @return rows of {@link IdentityEdges}
   */
  static Dataset<Row> edges(Dataset<Row> evidence, IdentityRules rules) {
    Dataset<Row> pairs = pairs(evidence).transform(HoldRows::of);
    Dataset<Row> hubs = hubs(pairs, rules);
    Dataset<Row> left =
        hubs.select(col(TYPE).as("lt"), col(VALUE).as("lv"), col(FAN_OUT).as("left_fan_out"));
    Dataset<Row> right =
        hubs.select(col(TYPE).as("rt"), col(VALUE).as("rv"), col(FAN_OUT).as("right_fan_out"));
    Column refused =
        not(col(IS_MERGE))
            .and(col("left_fan_out").isNotNull().or(col("right_fan_out").isNotNull()));
    return IdentityEdges.TABLE.conform(
        pairs
            .join(
                left,
                col(LEFT_TYPE).equalTo(col("lt")).and(col(LEFT_VALUE).equalTo(col("lv"))),
                "left")
            .join(
                right,
                col(RIGHT_TYPE).equalTo(col("rt")).and(col(RIGHT_VALUE).equalTo(col("rv"))),
                "left")
            .withColumn(IdentityEdges.RULE, when(col(IS_MERGE), MANUAL).otherwise("co-occurrence"))
            .withColumn(IdentityEdges.PROBABILITY, lit(1.0))
            .withColumn(
                IdentityEdges.STATUS,
                when(refused, EdgeStatus.OVER_LIMIT.text()).otherwise(EdgeStatus.USED.text()))
            .withColumn(IdentityEdges.STATUS_REASON, reason(rules)));
  }

  private static Dataset<Row> pairs(Dataset<Row> evidence) {
    return evidence
        .where(size(col(Evidence.IDENTIFIERS)).gt(1))
        .withColumn(LEFT, explode(col(Evidence.IDENTIFIERS)))
        .withColumn(RIGHT, explode(col(Evidence.IDENTIFIERS)))
        .where(col(LEFT).lt(col(RIGHT)))
        .groupBy(
            col("l.type").as(LEFT_TYPE),
            col("l.value").as(LEFT_VALUE),
            col("r.type").as(RIGHT_TYPE),
            col("r.value").as(RIGHT_VALUE))
        .agg(
            sum(Evidence.OBSERVATIONS).as(OBSERVATIONS),
            min(Evidence.FIRST_AT).as(FIRST_SEEN_AT),
            max(Evidence.LAST_AT).as(LAST_SEEN_AT),
            max(col(Evidence.KIND).equalTo(EvidenceKind.MERGE.text())).as(IS_MERGE),
            array_sort(collect_set(Evidence.SOURCE)).as(SOURCES));
  }

  private static Dataset<Row> hubs(Dataset<Row> pairs, IdentityRules rules) {
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
        .where(col(FAN_OUT).gt(rules.maxFanOut()));
  }

  private static Column reason(IdentityRules rules) {
    return when(col(IS_MERGE), lit("the source says that they are the same person's"))
        .when(
            col("left_fan_out").isNotNull(),
            concat(
                col(LEFT_TYPE),
                lit(" was seen with "),
                col("left_fan_out"),
                lit(" person-level identifiers of one type, more than max-fan-out "),
                lit(rules.maxFanOut())))
        .when(
            col("right_fan_out").isNotNull(),
            concat(
                col(RIGHT_TYPE),
                lit(" was seen with "),
                col("right_fan_out"),
                lit(" person-level identifiers of one type, more than max-fan-out "),
                lit(rules.maxFanOut())));
  }
}
