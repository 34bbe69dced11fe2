package io.itinera.core.identity;

import static io.itinera.core.identity.KeepLimits.GROUP;
import static io.itinera.core.spark.ConnectedComponents.COMPONENT;
import static io.itinera.core.spark.ConnectedComponents.LEFT;
import static io.itinera.core.spark.ConnectedComponents.NODE;
import static io.itinera.core.spark.ConnectedComponents.RIGHT;
import static io.itinera.core.table.Identities.FIRST_SEEN_AT;
import static io.itinera.core.table.Identities.LAST_SEEN_AT;
import static io.itinera.core.table.Identities.TYPE;
import static io.itinera.core.table.Identities.VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.identity.KeepLimits.Strangers;
import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Evidence to identities.
 *
 * @param identities rows of {@link Identities} but those of shared devices
 * @param edges rows of {@link IdentityEdges}
 * @param shared the devices that change hands, if there are any
 * @param placeholders types of the identifiers that link nobody because too many persons were seen
 *     with them, and how many they are; none if no edge was refused
 */
public record Stitch(
    Dataset<Row> identities,
    Dataset<Row> edges,
    Optional<SharedDevices> shared,
    Optional<Dataset<Row>> placeholders) {

  /** Column of {@link #placeholders}: how many. */
  public static final String COUNT = "values_count";

  private static final String ID = "identifier";

  /** Stitches all that {@code evidence} names, of which nobody decided anything. */
  public static Stitch stitch(Dataset<Row> evidence, IdentityRules rules) {
    return stitch(evidence, Decisions.NONE, rules);
  }

  /**
   * Stitches all that {@code evidence} names.
   *
   * <p>The result for a group of identifiers depends on nothing but the evidence that names one of
   * them and what was decided about them. So evidence of whole components gives the rows of those
   * components, exactly as all evidence would.
   *
   * @param evidence rows of {@link Evidence}, up to the night's last day
   */
  public static Stitch stitch(Dataset<Row> evidence, Decisions decisions, IdentityRules rules) {
    Dataset<Row> edges =
        numbered(FindEdges.edges(evidence, decisions, rules), rules).transform(HoldRows::of);
    boolean mayAllLink = edges.where(not(col(JudgeEdges.MAY_LINK))).isEmpty();
    Dataset<Row> linked = ConnectedComponents.components(edges.where(JudgeEdges.MAY_LINK));
    Dataset<Row> stars = mayAllLink ? linked : linked.transform(HoldRows::of);
    Dataset<Row> groups = labelled(nodes(evidence, rules), NODE, stars, GROUP);
    Dataset<Row> grouped =
        (mayAllLink
                ? groups.withColumn(COMPONENT, col(GROUP))
                : labelled(groups, GROUP, acrossGroups(edges, stars), COMPONENT))
            .transform(HoldRows::of);
    Strangers strangers = decisions.apart().isPresent() ? Strangers.SOME : Strangers.NONE;
    Optional<KeepLimits> kept = KeepLimits.keep(edges, grouped, strangers, rules);
    if (mayAllLink && kept.isEmpty()) {
      return new Stitch(
          NameCustomers.identities(grouped, rules),
          IdentityEdges.TABLE.conform(edges),
          Optional.empty(),
          Optional.empty());
    }
    Optional<Dataset<Row>> placeholders =
        mayAllLink ? Optional.empty() : Optional.of(placeholders(edges));
    return withDevices(kept.orElse(new KeepLimits(edges, grouped)), placeholders, rules);
  }

  private static Stitch withDevices(
      KeepLimits kept, Optional<Dataset<Row>> placeholders, IdentityRules rules) {
    Dataset<Row> edges = IdentityEdges.TABLE.conform(kept.edges());
    Dataset<Row> nodes = kept.nodes();
    HeldRows found = HoldRows.counted(FindSharedDevices.signIns(kept.edges(), nodes, rules));
    if (found.areNone()) {
      return new Stitch(
          NameCustomers.identities(nodes, rules), edges, Optional.empty(), placeholders);
    }
    Dataset<Row> signIns = found.toJoin();
    Dataset<Row> own = FindSharedDevices.without(nodes, signIns);
    Dataset<Row> identities = NameCustomers.identities(own, rules).transform(HoldRows::of);
    Dataset<Row> devices = FindSharedDevices.only(nodes, signIns).transform(HoldRows::toJoin);
    SharedDevices shared = new SharedDevices(devices, signIns, identities, rules);
    return new Stitch(identities, edges, Optional.of(shared), placeholders);
  }

  private static Dataset<Row> placeholders(Dataset<Row> edges) {
    Column left =
        struct(col(IdentityEdges.LEFT_TYPE).as(TYPE), col(IdentityEdges.LEFT_VALUE).as(VALUE));
    Column right =
        struct(col(IdentityEdges.RIGHT_TYPE).as(TYPE), col(IdentityEdges.RIGHT_VALUE).as(VALUE));
    return edges
        .select(
            explode(
                    array(
                        when(col(JudgeEdges.IS_LEFT_SHARED), left),
                        when(col(JudgeEdges.IS_RIGHT_SHARED), right)))
                .as(ID))
        .where(col(ID).isNotNull())
        .select(col(ID + ".*"))
        .distinct()
        .groupBy(TYPE)
        .agg(count(lit(1)).as(COUNT));
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

  private static Dataset<Row> numbered(Dataset<Row> edges, IdentityRules rules) {
    return edges
        .withColumn(LEFT, node(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE, rules))
        .withColumn(RIGHT, node(IdentityEdges.RIGHT_TYPE, IdentityEdges.RIGHT_VALUE, rules));
  }

  /**
   * What refused edges connect, too: the components of groups. Few edges are refused, so that only
   * few groups are looked at a second time.
   *
   * @param stars each node of an edge that may link, and its group
   * @return {@link ConnectedComponents#NODE}, a group, and its component
   */
  private static Dataset<Row> acrossGroups(Dataset<Row> edges, Dataset<Row> stars) {
    Dataset<Row> refused = edges.where(not(col(JudgeEdges.MAY_LINK))).select(LEFT, RIGHT);
    Dataset<Row> between =
        labelled(labelled(refused, LEFT, stars, "left_group"), RIGHT, stars, "right_group");
    return ConnectedComponents.components(
        between.select(col("left_group").as(LEFT), col("right_group").as(RIGHT)));
  }

  /** {@code rows} with the label of the node in a column; a node that has none is its own. */
  private static Dataset<Row> labelled(
      Dataset<Row> rows, String column, Dataset<Row> labels, String name) {
    String key = "labelled_" + name;
    String found = "found_" + name;
    return rows.join(
            labels.select(col(NODE).as(key), col(COMPONENT).as(found)),
            col(column).equalTo(col(key)),
            "left")
        .withColumn(name, coalesce(col(found), col(column)))
        .drop(key, found);
  }

  private static Column node(String type, String value, IdentityRules rules) {
    return udf(new KeyedNode(rules.idKey()), DataTypes.LongType)
        .withName("identifier_node")
        .apply(col(type), col(value));
  }
}
