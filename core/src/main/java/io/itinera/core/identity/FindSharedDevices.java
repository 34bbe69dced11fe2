package io.itinera.core.identity;

import static io.itinera.core.identity.KeepLimits.GROUP;
import static io.itinera.core.spark.ConnectedComponents.LEFT;
import static io.itinera.core.spark.ConnectedComponents.NODE;
import static io.itinera.core.spark.ConnectedComponents.RIGHT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.Ruling;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Devices that change hands, and who is signed in where a record names a device and a person. */
final class FindSharedDevices {

  static final String DEVICE_TYPE = "device_type";
  static final String DEVICE_VALUE = "device_value";
  static final String DEVICE_NODE = "device_node";
  static final String PERSON_TYPE = "signed_in_type";
  static final String PERSON_VALUE = "signed_in_value";

  private static final String PERSON_NODE = "signed_in_node";
  private static final String PERSON_GROUP = "signed_in_group";
  private static final String SIGN_IN = "sign_in";
  private static final String SHARED = "shared_device_node";
  private static final String IS_OWNED = "is_owned_by_decision";

  private FindSharedDevices() {}

  /**
   * The person-level identifiers that were seen with a shared device. Those that name no single
   * person, and those of whom somebody decided that they are not the device's, sign nobody in.
   *
   * <p>A device is shared if such identifiers of several groups were seen with it; where devices
   * link nobody, one is enough. One of which somebody decided whose it always is, is not.
   *
   * @param edges edges with their final status
   * @param nodes identifiers with their final {@link KeepLimits#GROUP}
   * @return {@link #DEVICE_TYPE}, {@link #DEVICE_VALUE}, {@link #DEVICE_NODE}, {@link
   *     #PERSON_TYPE}, {@link #PERSON_VALUE}
   */
  static Dataset<Row> signIns(Dataset<Row> edges, Dataset<Row> nodes, IdentityRules rules) {
    Dataset<Row> groups = nodes.select(col(NODE).as("grouped_node"), col(GROUP).as(PERSON_GROUP));
    Dataset<Row> seen =
        seenTogether(edges, rules)
            .join(groups, col(PERSON_NODE).equalTo(col("grouped_node")), "inner");
    int least = rules.devices().link() ? 2 : 1;
    Dataset<Row> shared =
        seen.groupBy(col(DEVICE_NODE).as(SHARED))
            .agg(count_distinct(col(PERSON_GROUP)).as("groups_count"), max(IS_OWNED).as(IS_OWNED))
            .where(col("groups_count").geq(least).and(not(col(IS_OWNED))));
    return seen.join(shared, col(DEVICE_NODE).equalTo(col(SHARED)), "left_semi")
        .select(DEVICE_TYPE, DEVICE_VALUE, DEVICE_NODE, PERSON_TYPE, PERSON_VALUE);
  }

  /** Devices with the persons' identifiers that an edge, used or refused, was seen to join. */
  private static Dataset<Row> seenTogether(Dataset<Row> edges, IdentityRules rules) {
    Column fromLeft = signIn(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE, LEFT, RIGHT);
    Column fromRight = signIn(IdentityEdges.RIGHT_TYPE, IdentityEdges.RIGHT_VALUE, RIGHT, LEFT);
    Column wasUsed = col(IdentityEdges.STATUS).equalTo(EdgeStatus.USED.text());
    return edges
        .where(col(JudgeEdges.MAY_LINK).or(wasUsed))
        .select(
            explode(array(fromLeft, fromRight)).as(SIGN_IN),
            wasUsed.and(col(FindEdges.DECISION).eqNullSafe(Ruling.ALWAYS.text())).as(IS_OWNED))
        .select(col(SIGN_IN + ".*"), col(IS_OWNED))
        .where(not(Strength.isPersonal(col(DEVICE_TYPE), rules)))
        .where(Strength.isPersonal(col(PERSON_TYPE), rules));
  }

  private static Column signIn(String type, String value, String node, String other) {
    boolean isLeft = type.equals(IdentityEdges.LEFT_TYPE);
    String otherType = isLeft ? IdentityEdges.RIGHT_TYPE : IdentityEdges.LEFT_TYPE;
    String otherValue = isLeft ? IdentityEdges.RIGHT_VALUE : IdentityEdges.LEFT_VALUE;
    return struct(
        col(type).as(DEVICE_TYPE),
        col(value).as(DEVICE_VALUE),
        col(node).as(DEVICE_NODE),
        col(otherType).as(PERSON_TYPE),
        col(otherValue).as(PERSON_VALUE),
        col(other).as(PERSON_NODE));
  }

  /** The identifiers that are no shared devices. */
  static Dataset<Row> without(Dataset<Row> nodes, Dataset<Row> signIns) {
    return nodes.join(devices(signIns), col(NODE).equalTo(col(SHARED)), "left_anti");
  }

  /** The identifiers that are shared devices. */
  static Dataset<Row> only(Dataset<Row> nodes, Dataset<Row> signIns) {
    return nodes.join(devices(signIns), col(NODE).equalTo(col(SHARED)), "left_semi");
  }

  private static Dataset<Row> devices(Dataset<Row> signIns) {
    return signIns.select(col(DEVICE_NODE).as(SHARED)).distinct();
  }
}
