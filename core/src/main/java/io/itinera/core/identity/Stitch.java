package io.itinera.core.identity;

import static io.itinera.core.identity.ConnectedComponents.COMPONENT;
import static io.itinera.core.identity.ConnectedComponents.LEFT;
import static io.itinera.core.identity.ConnectedComponents.NODE;
import static io.itinera.core.identity.ConnectedComponents.RIGHT;
import static io.itinera.core.table.Identities.FIRST_SEEN_AT;
import static io.itinera.core.table.Identities.LAST_SEEN_AT;
import static io.itinera.core.table.Identities.TYPE;
import static io.itinera.core.table.Identities.VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Evidence to identities.
 *
 * @param identities rows of {@link Identities}
 * @param edges rows of {@link IdentityEdges}
 */
public record Stitch(Dataset<Row> identities, Dataset<Row> edges) {

  private static final String ID = "identifier";
  private static final String GROUP = "customer_group";
  private static final String ANCHOR = "anchor";

  /** Sorts identifiers without a date behind all others: the year 9999. */
  private static final Column NEVER = timestamp_seconds(lit(253_370_764_800L));

  /**
   * Stitches all that {@code evidence} names.
   *
   * <p>The result for a group of identifiers depends on nothing but the evidence that names one of
   * them. So evidence of whole components gives the rows of those components, exactly as all
   * evidence would.
   *
   * @param evidence rows of {@link Evidence}, up to the night's last day
   */
  public static Stitch stitch(Dataset<Row> evidence, IdentityRules rules) {
    Dataset<Row> edges = FindEdges.edges(evidence, rules).transform(HoldRows::of);
    Dataset<Row> links = links(edges, rules);
    Dataset<Row> nodes = nodes(evidence, rules).transform(HoldRows::of);
    Dataset<Row> all = componentOf(nodes, links, COMPONENT);
    Dataset<Row> refused = edges.where(col(IdentityEdges.STATUS).notEqual(EdgeStatus.USED.text()));
    Dataset<Row> grouped =
        refused.isEmpty()
            ? all.withColumn(GROUP, col(COMPONENT))
            : componentOf(
                all, links.where(col(IdentityEdges.STATUS).equalTo(EdgeStatus.USED.text())), GROUP);
    return new Stitch(identities(grouped, rules), IdentityEdges.TABLE.conform(edges));
  }

  private static Dataset<Row> nodes(Dataset<Row> evidence, IdentityRules rules) {
    return evidence
        .select(
            explode(col(Evidence.IDENTIFIERS)).as(ID),
            col(Evidence.FIRST_AT),
            col(Evidence.LAST_AT))
        .groupBy(col(ID + "." + TYPE).as(TYPE), col(ID + "." + VALUE).as(VALUE))
        .agg(min(Evidence.FIRST_AT).as(FIRST_SEEN_AT), max(Evidence.LAST_AT).as(LAST_SEEN_AT))
        .withColumn(NODE, node(TYPE, VALUE, rules));
  }

  private static Dataset<Row> links(Dataset<Row> edges, IdentityRules rules) {
    return edges.select(
        col(IdentityEdges.STATUS),
        node(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE, rules).as(LEFT),
        node(IdentityEdges.RIGHT_TYPE, IdentityEdges.RIGHT_VALUE, rules).as(RIGHT));
  }

  private static Dataset<Row> componentOf(Dataset<Row> nodes, Dataset<Row> links, String name) {
    String found = "found_" + name;
    Dataset<Row> components =
        ConnectedComponents.components(links).select(col(NODE), col(COMPONENT).as(found));
    return nodes
        .join(components, nodes.col(NODE).equalTo(components.col(NODE)), "left")
        .drop(components.col(NODE))
        .withColumn(name, coalesce(col(found), col(NODE)))
        .drop(found);
  }

  private static Dataset<Row> identities(Dataset<Row> nodes, IdentityRules rules) {
    Column order = struct(coalesce(col(FIRST_SEEN_AT), NEVER), col(TYPE), col(VALUE));
    Dataset<Row> anchors =
        nodes
            .groupBy(col(GROUP).as("anchor_group"))
            .agg(min(order).as(ANCHOR))
            .withColumn("anchor_type", col(ANCHOR + "." + TYPE))
            .withColumn("anchor_value", col(ANCHOR + "." + VALUE));
    Column isAnchor =
        col(TYPE).equalTo(col("anchor_type")).and(col(VALUE).equalTo(col("anchor_value")));
    Dataset<Row> identities =
        nodes
            .join(anchors, col(GROUP).equalTo(col("anchor_group")), "inner")
            .select(
                col(TYPE),
                col(VALUE),
                customerId(col("anchor_type"), col("anchor_value"), rules.idKey())
                    .as(Identities.CUSTOMER_ID),
                coalesce(col(FIRST_SEEN_AT), timestamp_seconds(lit(0L))).as(Identities.VALID_FROM),
                lit(null).cast(DataTypes.TimestampType).as(Identities.VALID_TO),
                lit("graph").as(Identities.ASSIGNED_BY),
                col(FIRST_SEEN_AT),
                col(LAST_SEEN_AT),
                when(isAnchor, true).otherwise(false).as(Identities.IS_ANCHOR),
                col(COMPONENT).as(Identities.COMPONENT_ID));
    return Identities.TABLE.conform(identities);
  }

  private static Column node(String type, String value, IdentityRules rules) {
    return udf(new KeyedNode(rules.idKey()), DataTypes.LongType)
        .withName("identifier_node")
        .apply(col(type), col(value));
  }

  /** A function, not an expression: as a literal the key would stand in plans, logs and events. */
  private static Column customerId(Column type, Column value, String key) {
    return udf(new KeyedId(key), DataTypes.StringType).withName("customer_id").apply(type, value);
  }
}
