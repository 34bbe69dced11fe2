package io.itinera.core.identity;

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
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.CustomerFate;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import java.sql.Date;
import java.time.LocalDate;
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

  private static final Column EVER = timestamp_seconds(lit(0L));
  private static final String IS_GONE = "is_gone";
  private static final String IS_NEW = "is_new";
  static final String IS_TURN = "is_turn";

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
    Dataset<Row> telling = TellCauses.edges(moves, before, after, edges);
    Dataset<Row> changes =
        TellCauses.of(told(moves, before, after), telling, stamp.causes())
            .withColumn(
                CustomerChanges.CUSTOMER_ID, coalesce(col(TO_CUSTOMER_ID), col(FROM_CUSTOMER_ID)))
            .withColumn(PREVIOUS_CUSTOMER_ID, col(FROM_CUSTOMER_ID));
    return new IdentityDiff(
        IdentityMoves.TABLE.conform(stamp.on(moves)),
        CustomerChanges.TABLE.conform(stamp.on(changes)));
  }

  /**
   * Whose comparison it is.
   *
   * @param runId the run
   * @param asOf its night
   * @param causes what the causes of changes tell of identifiers
   */
  public record Stamp(String runId, LocalDate asOf, Causes causes) {

    /** A comparison whose causes name nobody. */
    public Stamp(String runId, LocalDate asOf) {
      this(runId, asOf, Causes.TYPES);
    }

    Dataset<Row> on(Dataset<Row> rows) {
      return rows.withColumn(IdentityMoves.RUN_ID, lit(runId))
          .withColumn(IdentityMoves.AS_OF, lit(Date.valueOf(asOf)));
    }
  }

  /** What the causes of changes tell of identifiers: a ledger is kept longer, and read by more. */
  public enum Causes {
    /** Their types, and the record that named both. */
    TYPES,
    /** Their values, too. */
    VALUES
  }

  private static Dataset<Row> moves(Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> old =
        before.select(
            col(Identities.TYPE).as("old_type"),
            col(Identities.VALUE).as("old_value"),
            turn().as("old_from"),
            isOwned().as("old_owned"),
            col(Identities.VALID_TO).as("old_to"),
            col(Identities.CUSTOMER_ID).as(FROM_CUSTOMER_ID),
            col(Identities.FIRST_SEEN_AT).as("old_seen"));
    Dataset<Row> now =
        after.select(
            col(Identities.TYPE).as("new_type"),
            col(Identities.VALUE).as("new_value"),
            turn().as("new_from"),
            isOwned().as("new_owned"),
            col(Identities.VALID_TO).as("new_to"),
            col(Identities.CUSTOMER_ID).as(TO_CUSTOMER_ID),
            col(Identities.FIRST_SEEN_AT).as("new_seen"));
    Column same =
        col("old_type")
            .equalTo(col("new_type"))
            .and(col("old_value").equalTo(col("new_value")))
            .and(coalesce(col("old_from"), EVER).equalTo(coalesce(col("new_from"), EVER)));
    Column stays = col(FROM_CUSTOMER_ID).eqNullSafe(col(TO_CUSTOMER_ID));
    Column endsThen = col("old_to").eqNullSafe(col("new_to"));
    Column from = coalesce(col("new_from"), col("old_from"));
    return old.join(now, same, "full")
        .where(not(stays.and(endsThen)))
        .select(
            coalesce(col("new_type"), col("old_type")).as(IdentityMoves.TYPE),
            coalesce(col("new_value"), col("old_value")).as(IdentityMoves.VALUE),
            col(FROM_CUSTOMER_ID),
            col(TO_CUSTOMER_ID),
            when(stays, least(col("old_to"), col("new_to")))
                .otherwise(coalesce(from, least(col("old_seen"), col("new_seen"))))
                .as(SINCE),
            from.as(IdentityMoves.VALID_FROM),
            coalesce(col("new_owned"), col("old_owned")).as(IS_TURN));
  }

  /** Start of a time in which a device is somebody's; null for the first, and for all others. */
  static Column turn() {
    return when(isOwned().and(col(Identities.VALID_FROM).gt(EVER)), col(Identities.VALID_FROM));
  }

  private static Column isOwned() {
    return col(Identities.ASSIGNED_BY).eqNullSafe(Identities.BY_OWNERSHIP);
  }

  private static Dataset<Row> told(Dataset<Row> moves, Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> stillThere =
        after.select(col(Identities.CUSTOMER_ID).as("live_id"), lit(false).as(IS_GONE)).distinct();
    Dataset<Row> thereBefore =
        before.select(col(Identities.CUSTOMER_ID).as("past_id"), lit(false).as(IS_NEW)).distinct();
    Dataset<Row> pairs =
        moves
            .where(not(col(FROM_CUSTOMER_ID).eqNullSafe(col(TO_CUSTOMER_ID))))
            .groupBy(FROM_CUSTOMER_ID, TO_CUSTOMER_ID)
            .agg(min(IS_TURN).as(IS_TURN))
            .join(stillThere, col(FROM_CUSTOMER_ID).equalTo(col("live_id")), "left")
            .join(thereBefore, col(TO_CUSTOMER_ID).equalTo(col("past_id")), "left");
    Dataset<Row> heirs =
        pairs
            .where(col(FROM_CUSTOMER_ID).isNotNull().and(col(TO_CUSTOMER_ID).isNotNull()))
            .select(col(TO_CUSTOMER_ID).as("heir_id"))
            .distinct();
    return pairs
        .withColumn(CHANGE, change())
        .where(col(CHANGE).isNotNull())
        .join(heirs, col(TO_CUSTOMER_ID).equalTo(col("heir_id")), "left")
        // A new id that continues an old one was not created.
        .where(
            col(CHANGE)
                .equalTo(CustomerFate.CREATED.text())
                .and(col("heir_id").isNotNull())
                .equalTo(false));
  }

  private static Column change() {
    Column isGone = col(IS_GONE).isNull();
    Column isNew = col(IS_NEW).isNull();
    return when(col(FROM_CUSTOMER_ID).isNull(), when(isNew, CustomerFate.CREATED.text()))
        .when(col(TO_CUSTOMER_ID).isNull(), when(isGone, CustomerFate.ERASED.text()))
        .when(isGone, CustomerFate.MERGED.text())
        // A device that changes hands between two who were there before splits neither of them.
        .otherwise(when(not(col(IS_TURN)).or(isNew), CustomerFate.SPLIT.text()));
  }
}
