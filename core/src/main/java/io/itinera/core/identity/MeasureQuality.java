package io.itinera.core.identity;

import static io.itinera.core.table.IdentityEdges.LEFT_TYPE;
import static io.itinera.core.table.IdentityEdges.LEFT_VALUE;
import static io.itinera.core.table.IdentityEdges.RIGHT_TYPE;
import static io.itinera.core.table.IdentityEdges.RIGHT_VALUE;
import static io.itinera.core.table.IdentityQuality.BRIDGES_COUNT;
import static io.itinera.core.table.IdentityQuality.CONFLICTS_COUNT;
import static io.itinera.core.table.IdentityQuality.CUSTOMER_ID;
import static io.itinera.core.table.IdentityQuality.DENSITY;
import static io.itinera.core.table.IdentityQuality.EDGES_COUNT;
import static io.itinera.core.table.IdentityQuality.IDENTIFIERS_COUNT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.LongType;

import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityQuality;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How firmly customers' identifiers hold together. */
public final class MeasureQuality {

  private static final String LEFT = "left_customer";
  private static final String RIGHT = "right_customer";
  private static final String JOINING = "joining_edges";
  private static final String SHAPE = "group_shape";
  private static final StructType COUNTS =
      new StructType()
          .add(IDENTIFIERS_COUNT, LongType)
          .add(EDGES_COUNT, LongType)
          .add(BRIDGES_COUNT, LongType);

  private MeasureQuality() {}

  /**
   * Measures the customers of some components.
   *
   * <p>A device that changes hands is in nobody's group, but what is known of it with a person
   * counts as that person's.
   *
   * @param edges rows of {@link IdentityEdges}, all of the components
   * @param identities rows of {@link Identities}, all of the components
   * @return rows of {@link IdentityQuality}
   */
  public static Dataset<Row> measure(Dataset<Row> edges, Dataset<Row> identities) {
    Dataset<Row> owners = owners(identities);
    Dataset<Row> known = withCustomer(withCustomer(edges, owners, "left"), owners, "right");
    Column isUsed = col(IdentityEdges.STATUS).equalTo(EdgeStatus.USED.text());
    Column ends = struct(LEFT_TYPE, LEFT_VALUE, RIGHT_TYPE, RIGHT_VALUE);
    Column customers = array_distinct(array_compact(array(col(LEFT), col(RIGHT))));
    Dataset<Row> counted =
        known
            .select(explode(customers).as(CUSTOMER_ID), col(IdentityEdges.STATUS), ends.as(JOINING))
            .groupBy(CUSTOMER_ID)
            .agg(
                collect_list(when(isUsed, col(JOINING))).as(JOINING),
                count_if(not(isUsed)).as(CONFLICTS_COUNT))
            .withColumn(SHAPE, udf(new GroupShape(), COUNTS).apply(col(JOINING)));
    return IdentityQuality.TABLE.conform(
        counted.select(
            col(CUSTOMER_ID),
            greatest(count(IDENTIFIERS_COUNT), lit(1L)).as(IDENTIFIERS_COUNT),
            count(EDGES_COUNT).as(EDGES_COUNT),
            density().as(DENSITY),
            count(BRIDGES_COUNT).as(BRIDGES_COUNT),
            col(CONFLICTS_COUNT)));
  }

  private static Column count(String name) {
    return col(SHAPE).getField(name);
  }

  private static Column density() {
    Column members = count(IDENTIFIERS_COUNT);
    Column pairs = members.multiply(members.minus(1));
    return when(pairs.gt(0), count(EDGES_COUNT).multiply(2.0).divide(pairs));
  }

  private static Dataset<Row> owners(Dataset<Row> identities) {
    return identities
        .where(col(Identities.VALID_TO).isNull())
        .where(col(Identities.ASSIGNED_BY).equalTo(Identities.BY_GRAPH))
        .select(
            col(Identities.TYPE).as("owned_type"),
            col(Identities.VALUE).as("owned_value"),
            col(Identities.CUSTOMER_ID).as("owner"));
  }

  private static Dataset<Row> withCustomer(Dataset<Row> edges, Dataset<Row> owners, String side) {
    Column isOwned =
        col(side + "_type")
            .equalTo(col("owned_type"))
            .and(col(side + "_value").equalTo(col("owned_value")));
    return edges
        .join(owners, isOwned, "left")
        .withColumnRenamed("owner", side + "_customer")
        .drop("owned_type", "owned_value");
  }
}
