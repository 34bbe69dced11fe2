package io.itinera.core.identity;

import static io.itinera.core.identity.IdentityDiff.IS_TURN;
import static io.itinera.core.table.CustomerChanges.CAUSE;
import static io.itinera.core.table.CustomerChanges.CHANGE;
import static io.itinera.core.table.IdentityMoves.FROM_CUSTOMER_ID;
import static io.itinera.core.table.IdentityMoves.TO_CUSTOMER_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.identity.IdentityDiff.Causes;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.CustomerFate;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Why a customer was created, merged, split or erased, as JSON. */
final class TellCauses {

  private static final String EDGE = "edge";
  private static final String PAIR = "pair";

  private TellCauses() {}

  /**
   * Gives each change its cause: the first edge that joined identifiers of different old customers,
   * or was refused, and else the rule that made it.
   *
   * @param told the changes, of {@link IdentityDiff}
   * @param telling what {@link #edges} found
   * @return {@code told} with {@link CustomerChanges#CAUSE}
   */
  static Dataset<Row> of(Dataset<Row> told, Dataset<Row> telling, Causes causes) {
    Dataset<Row> caused =
        told.join(
            telling,
            col(TO_CUSTOMER_ID)
                .equalTo(col("edge_customer_id"))
                .and(col(FROM_CUSTOMER_ID).equalTo(col("edge_previous_id"))),
            "left");
    Column withoutEdge =
        when(col(CHANGE).equalTo(CustomerFate.CREATED.text()), "{\"rule\":\"first-seen\"}")
            .when(
                col(CHANGE).equalTo(CustomerFate.ERASED.text()),
                "{\"rule\":\"evidence-withdrawn\"}")
            .when(col(IS_TURN), "{\"rule\":\"ownership\"}")
            .when(
                col(CHANGE).equalTo(CustomerFate.SPLIT.text()), "{\"rule\":\"evidence-withdrawn\"}")
            .otherwise("{\"rule\":\"older-anchor\"}");
    return caused.withColumn(CAUSE, coalesce(to_json(told(causes)), withoutEdge));
  }

  /**
   * The edge and its earliest record; without the identifiers themselves, unless that is wanted.
   */
  private static Column told(Causes causes) {
    Stream<String> all =
        Stream.of(
            IdentityEdges.RULE,
            IdentityEdges.LEFT_TYPE,
            IdentityEdges.RIGHT_TYPE,
            IdentityEdges.FIRST_SEEN_AT,
            IdentityEdges.SOURCES,
            IdentityEdges.FIRST_SOURCE,
            IdentityEdges.FIRST_SET_ID,
            IdentityEdges.STATUS);
    Stream<String> personal =
        causes == Causes.VALUES
            ? Stream.of(IdentityEdges.LEFT_VALUE, IdentityEdges.RIGHT_VALUE)
            : Stream.of();
    Column[] fields =
        Stream.concat(all, personal)
            .map(name -> col(EDGE).getField(name).as(name))
            .toArray(Column[]::new);
    return when(col(EDGE).isNotNull(), struct(fields));
  }

  /** Those of {@code edges} an identifier of which went from one customer to another. */
  private static Dataset<Row> aboutMoved(Dataset<Row> edges, Dataset<Row> moves) {
    Dataset<Row> moved =
        moves
            .where(col(FROM_CUSTOMER_ID).isNotNull().and(col(TO_CUSTOMER_ID).isNotNull()))
            .select(
                col(IdentityMoves.TYPE).as("moved_type"),
                col(IdentityMoves.VALUE).as("moved_value"));
    Column isLeft =
        col(IdentityEdges.LEFT_TYPE)
            .equalTo(col("moved_type"))
            .and(col(IdentityEdges.LEFT_VALUE).equalTo(col("moved_value")));
    Column isRight =
        col(IdentityEdges.RIGHT_TYPE)
            .equalTo(col("moved_type"))
            .and(col(IdentityEdges.RIGHT_VALUE).equalTo(col("moved_value")));
    return edges.join(moved, isLeft, "left_semi").union(edges.join(moved, isRight, "left_semi"));
  }

  /**
   * The edge that tells why two customers, one of before and one of now, met or parted: the first
   * of those that were used between two old ones, and of those that were refused between two new
   * ones.
   *
   * @param moves those of {@link IdentityDiff}; no other edges are looked at
   */
  static Dataset<Row> edges(
      Dataset<Row> moves, Dataset<Row> before, Dataset<Row> after, Dataset<Row> all) {
    Dataset<Row> then =
        withCustomer(
            withCustomer(aboutMoved(all, moves), before, IdentityEdges.LEFT_TYPE, "left_before"),
            before,
            IdentityEdges.RIGHT_TYPE,
            "right_before");
    Dataset<Row> ends =
        withCustomer(
            withCustomer(then, after, IdentityEdges.LEFT_TYPE, "left_after"),
            after,
            IdentityEdges.RIGHT_TYPE,
            "right_after");
    Column edge =
        struct(
            col(IdentityEdges.FIRST_SEEN_AT),
            col(IdentityEdges.LEFT_TYPE),
            col(IdentityEdges.LEFT_VALUE),
            col(IdentityEdges.RIGHT_TYPE),
            col(IdentityEdges.RIGHT_VALUE),
            col(IdentityEdges.RULE),
            col(IdentityEdges.STATUS),
            col(IdentityEdges.SOURCES),
            col(IdentityEdges.FIRST_SOURCE),
            col(IdentityEdges.FIRST_SET_ID));
    Column isUsed = col(IdentityEdges.STATUS).equalTo(EdgeStatus.USED.text());
    Column joins = isUsed.and(not(col("left_before").eqNullSafe(col("right_before"))));
    Column parts = not(isUsed).and(not(col("left_after").eqNullSafe(col("right_after"))));
    Column told =
        when(joins, array(pair("left_after", "left_before"), pair("left_after", "right_before")))
            .when(
                parts, array(pair("left_after", "right_after"), pair("right_after", "left_after")));
    return ends.where(joins.or(parts))
        .select(explode(told).as(PAIR), edge.as(EDGE))
        .select(col(PAIR + ".edge_customer_id"), col(PAIR + ".edge_previous_id"), col(EDGE))
        .where(col("edge_previous_id").isNotNull())
        .groupBy("edge_customer_id", "edge_previous_id")
        .agg(min(EDGE).as(EDGE));
  }

  private static Column pair(String customer, String previous) {
    return struct(col(customer).as("edge_customer_id"), col(previous).as("edge_previous_id"));
  }

  private static Dataset<Row> withCustomer(
      Dataset<Row> edges, Dataset<Row> identities, String typeColumn, String name) {
    String valueColumn = typeColumn.replace("_type", "_value");
    Dataset<Row> owners =
        identities
            .groupBy(col(Identities.TYPE).as("t"), col(Identities.VALUE).as("v"))
            .agg(
                min_by(
                        col(Identities.CUSTOMER_ID),
                        struct(Identities.VALID_FROM, Identities.CUSTOMER_ID))
                    .as(name));
    return edges
        .join(
            owners,
            col(typeColumn).equalTo(col("t")).and(col(valueColumn).equalTo(col("v"))),
            "left")
        .drop("t", "v");
  }
}
