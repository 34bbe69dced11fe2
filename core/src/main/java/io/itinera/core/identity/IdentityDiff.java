package io.itinera.core.identity;

import static io.itinera.core.table.CustomerChanges.CAUSE;
import static io.itinera.core.table.CustomerChanges.CHANGE;
import static io.itinera.core.table.CustomerChanges.PREVIOUS_CUSTOMER_ID;
import static io.itinera.core.table.IdentityMoves.FROM_CUSTOMER_ID;
import static io.itinera.core.table.IdentityMoves.SINCE;
import static io.itinera.core.table.IdentityMoves.TO_CUSTOMER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.CustomerFate;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import java.sql.Date;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The difference between two nights' identities.
 *
 * @param moves rows of {@link IdentityMoves}: one per identifier whose customer is another one
 * @param changes rows of {@link CustomerChanges}: one per pair of customers between which
 *     identifiers moved
 */
public record IdentityDiff(Dataset<Row> moves, Dataset<Row> changes) {

  private static final String IS_GONE = "is_gone";
  private static final String IS_NEW = "is_new";
  private static final String EDGE = "edge";

  /**
   * Compares the identities of whole customers before and after.
   *
   * <p>A customer whose id went while its identifiers went on under another id is {@code merged}
   * into it; a customer whose id stayed while identifiers left it is {@code split}; one whose
   * identifiers all went is {@code erased}; a new id without predecessors is {@code created}.
   *
   * <p>So {@link #changes} tell the truth only between two nights of which the later is as late as
   * any before: at an earlier one, customers are not there yet who are not lost. Moves hold between
   * any two.
   *
   * @param before rows of {@link Identities} of the night before
   * @param after rows of {@link Identities} of this night, of the same components
   * @param edges rows of {@link IdentityEdges} of this night, of the same components; they tell the
   *     cause
   */
  public static IdentityDiff between(
      Dataset<Row> before, Dataset<Row> after, Dataset<Row> edges, Stamp stamp) {
    Dataset<Row> moves = moves(before, after).transform(HoldRows::of);
    Dataset<Row> changes = changes(moves, before, after, edges);
    return new IdentityDiff(
        IdentityMoves.TABLE.conform(stamp.on(moves)),
        CustomerChanges.TABLE.conform(stamp.on(changes)));
  }

  /**
   * Whose comparison it is.
   *
   * @param runId the run
   * @param asOf its night
   */
  public record Stamp(String runId, LocalDate asOf) {

    Dataset<Row> on(Dataset<Row> rows) {
      return rows.withColumn(IdentityMoves.RUN_ID, lit(runId))
          .withColumn(IdentityMoves.AS_OF, lit(Date.valueOf(asOf)));
    }
  }

  private static Dataset<Row> moves(Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> old =
        before.select(
            col(Identities.TYPE).as("old_type"),
            col(Identities.VALUE).as("old_value"),
            col(Identities.CUSTOMER_ID).as(FROM_CUSTOMER_ID),
            col(Identities.FIRST_SEEN_AT).as("old_seen"));
    Dataset<Row> now =
        after.select(
            col(Identities.TYPE).as("new_type"),
            col(Identities.VALUE).as("new_value"),
            col(Identities.CUSTOMER_ID).as(TO_CUSTOMER_ID),
            col(Identities.FIRST_SEEN_AT).as("new_seen"));
    Column same =
        col("old_type").equalTo(col("new_type")).and(col("old_value").equalTo(col("new_value")));
    return old.join(now, same, "full")
        .where(col(FROM_CUSTOMER_ID).eqNullSafe(col(TO_CUSTOMER_ID)).equalTo(false))
        .select(
            coalesce(col("new_type"), col("old_type")).as(IdentityMoves.TYPE),
            coalesce(col("new_value"), col("old_value")).as(IdentityMoves.VALUE),
            col(FROM_CUSTOMER_ID),
            col(TO_CUSTOMER_ID),
            least(col("old_seen"), col("new_seen")).as(SINCE));
  }

  private static Dataset<Row> changes(
      Dataset<Row> moves, Dataset<Row> before, Dataset<Row> after, Dataset<Row> edges) {
    Dataset<Row> stillThere =
        after.select(col(Identities.CUSTOMER_ID).as("live_id"), lit(false).as(IS_GONE)).distinct();
    Dataset<Row> thereBefore =
        before.select(col(Identities.CUSTOMER_ID).as("past_id"), lit(false).as(IS_NEW)).distinct();
    Dataset<Row> pairs =
        moves
            .select(FROM_CUSTOMER_ID, TO_CUSTOMER_ID)
            .distinct()
            .join(stillThere, col(FROM_CUSTOMER_ID).equalTo(col("live_id")), "left")
            .join(thereBefore, col(TO_CUSTOMER_ID).equalTo(col("past_id")), "left");
    Dataset<Row> heirs =
        pairs
            .where(col(FROM_CUSTOMER_ID).isNotNull().and(col(TO_CUSTOMER_ID).isNotNull()))
            .select(col(TO_CUSTOMER_ID).as("heir_id"))
            .distinct();
    Dataset<Row> told =
        pairs
            .withColumn(CHANGE, change())
            .where(col(CHANGE).isNotNull())
            .join(heirs, col(TO_CUSTOMER_ID).equalTo(col("heir_id")), "left")
            // A new id that continues an old one was not created.
            .where(
                col(CHANGE)
                    .equalTo(CustomerFate.CREATED.text())
                    .and(col("heir_id").isNotNull())
                    .equalTo(false));
    return withCause(told, before, after, edges)
        .withColumn(
            CustomerChanges.CUSTOMER_ID, coalesce(col(TO_CUSTOMER_ID), col(FROM_CUSTOMER_ID)))
        .withColumn(PREVIOUS_CUSTOMER_ID, col(FROM_CUSTOMER_ID));
  }

  private static Column change() {
    Column isGone = col(IS_GONE).isNull();
    Column isNew = col(IS_NEW).isNull();
    return when(col(FROM_CUSTOMER_ID).isNull(), when(isNew, CustomerFate.CREATED.text()))
        .when(col(TO_CUSTOMER_ID).isNull(), when(isGone, CustomerFate.ERASED.text()))
        .when(isGone, CustomerFate.MERGED.text())
        .otherwise(CustomerFate.SPLIT.text());
  }

  /** The first edge, as it would be accepted, that joins identifiers of different old customers. */
  private static Dataset<Row> withCause(
      Dataset<Row> told, Dataset<Row> before, Dataset<Row> after, Dataset<Row> edges) {
    Dataset<Row> joining = joiningEdges(before, after, edges);
    Dataset<Row> caused =
        told.join(
            joining,
            col(TO_CUSTOMER_ID)
                .equalTo(col("edge_customer_id"))
                .and(col(FROM_CUSTOMER_ID).equalTo(col("edge_previous_id"))),
            "left");
    Column withoutEdge =
        when(col(CHANGE).equalTo(CustomerFate.CREATED.text()), "{\"rule\":\"first-seen\"}")
            .when(
                col(CHANGE).equalTo(CustomerFate.ERASED.text()),
                "{\"rule\":\"evidence-withdrawn\"}")
            .when(
                col(CHANGE).equalTo(CustomerFate.SPLIT.text()), "{\"rule\":\"evidence-withdrawn\"}")
            .otherwise("{\"rule\":\"older-anchor\"}");
    return caused.withColumn(CAUSE, coalesce(to_json(told()), withoutEdge));
  }

  /** The edge without the identifiers themselves: a ledger is kept longer, and read by more. */
  private static Column told() {
    Column[] fields =
        Stream.of(
                IdentityEdges.RULE,
                IdentityEdges.LEFT_TYPE,
                IdentityEdges.RIGHT_TYPE,
                IdentityEdges.FIRST_SEEN_AT,
                IdentityEdges.SOURCES)
            .map(name -> col(EDGE).getField(name).as(name))
            .toArray(Column[]::new);
    return when(col(EDGE).isNotNull(), struct(fields));
  }

  private static Dataset<Row> joiningEdges(
      Dataset<Row> before, Dataset<Row> after, Dataset<Row> edges) {
    Dataset<Row> used = edges.where(col(IdentityEdges.STATUS).equalTo(EdgeStatus.USED.text()));
    Dataset<Row> ends =
        withCustomer(
            withCustomer(
                withCustomer(used, before, IdentityEdges.LEFT_TYPE, "left_before"),
                before,
                IdentityEdges.RIGHT_TYPE,
                "right_before"),
            after,
            IdentityEdges.LEFT_TYPE,
            "edge_customer_id");
    Column edge =
        struct(
            col(IdentityEdges.FIRST_SEEN_AT),
            col(IdentityEdges.LEFT_TYPE),
            col(IdentityEdges.LEFT_VALUE),
            col(IdentityEdges.RIGHT_TYPE),
            col(IdentityEdges.RIGHT_VALUE),
            col(IdentityEdges.RULE),
            col(IdentityEdges.SOURCES));
    Dataset<Row> crossing =
        ends.where(col("left_before").eqNullSafe(col("right_before")).equalTo(false));
    return crossing
        .select(col("edge_customer_id"), col("left_before").as("edge_previous_id"), edge.as(EDGE))
        .union(
            crossing.select(
                col("edge_customer_id"), col("right_before").as("edge_previous_id"), edge.as(EDGE)))
        .where(col("edge_previous_id").isNotNull())
        .groupBy("edge_customer_id", "edge_previous_id")
        .agg(min(EDGE).as(EDGE));
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
