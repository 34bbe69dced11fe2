package io.itinera.core.identity;

import static io.itinera.core.identity.KeepLimits.GROUP;
import static io.itinera.core.table.Identities.FIRST_SEEN_AT;
import static io.itinera.core.table.Identities.LAST_SEEN_AT;
import static io.itinera.core.table.Identities.TYPE;
import static io.itinera.core.table.Identities.VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.table.Identities;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Gives each group of identifiers the id of its customer: a keyed hash of its oldest one. */
final class NameCustomers {

  private static final String ANCHOR = "anchor";

  /** Sorts identifiers without a date behind all others: the year 9999. */
  static final Column NEVER = timestamp_seconds(lit(253_370_764_800L));

  private NameCustomers() {}

  /**
   * One row per identifier.
   *
   * @param nodes identifiers that belong to one customer alone, with {@link KeepLimits#GROUP}
   * @return rows of {@link Identities}
   */
  static Dataset<Row> identities(Dataset<Row> nodes, IdentityRules rules) {
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
                lit(Identities.BY_GRAPH).as(Identities.ASSIGNED_BY),
                col(FIRST_SEEN_AT),
                col(LAST_SEEN_AT),
                when(isAnchor, true).otherwise(false).as(Identities.IS_ANCHOR),
                col(ConnectedComponents.COMPONENT).as(Identities.COMPONENT_ID));
    return Identities.TABLE.conform(identities);
  }

  /** A function, not an expression: as a literal the key would stand in plans, logs and events. */
  static Column customerId(Column type, Column value, String key) {
    return udf(new KeyedId(key), DataTypes.StringType).withName("customer_id").apply(type, value);
  }
}
