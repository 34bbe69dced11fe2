package io.itinera.core.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Goes back along the moves of identifiers. */
public final class UndoMoves {

  private static final String MOVED_TYPE = "moved_type";
  private static final String MOVED_VALUE = "moved_value";
  private static final String MOVED_FROM = "moved_from";
  private static final String FIRST = "first_move";

  private UndoMoves() {}

  /**
   * Whose each identifier was before the first of some moves.
   *
   * @param identities rows of {@link Identities} after the last of them
   * @param moves rows of {@link IdentityMoves}: all since then, of any number of runs
   * @return of the columns of {@link Identities} those that {@link IdentityDiff} compares
   */
  public static Dataset<Row> undo(Dataset<Row> identities, Dataset<Row> moves) {
    Dataset<Row> first =
        moves
            .groupBy(
                col(IdentityMoves.TYPE).as(MOVED_TYPE),
                col(IdentityMoves.VALUE).as(MOVED_VALUE),
                col(IdentityMoves.VALID_FROM).as(MOVED_FROM))
            .agg(
                min_by(
                        struct(IdentityMoves.FROM_CUSTOMER_ID, IdentityMoves.SINCE),
                        struct(IdentityMoves.RUN_ID, IdentityMoves.SINCE))
                    .as(FIRST));
    Column isMoved =
        col(Identities.TYPE)
            .equalTo(col(MOVED_TYPE))
            .and(col(Identities.VALUE).equalTo(col(MOVED_VALUE)))
            .and(IdentityDiff.turn().eqNullSafe(col(MOVED_FROM)));
    Column from = col(FIRST).getField(IdentityMoves.FROM_CUSTOMER_ID);
    Column since = col(FIRST).getField(IdentityMoves.SINCE);
    Dataset<Row> moved =
        first
            .where(from.isNotNull())
            .select(
                col(MOVED_TYPE).as(Identities.TYPE),
                col(MOVED_VALUE).as(Identities.VALUE),
                from.as(Identities.CUSTOMER_ID),
                coalesce(col(MOVED_FROM), since).as(Identities.VALID_FROM),
                lit(null).cast("timestamp").as(Identities.VALID_TO),
                when(col(MOVED_FROM).isNotNull(), Identities.BY_OWNERSHIP)
                    .otherwise(Identities.BY_GRAPH)
                    .as(Identities.ASSIGNED_BY),
                since.as(Identities.FIRST_SEEN_AT));
    return identities
        .join(first, isMoved, "left_anti")
        .select(
            Identities.TYPE,
            Identities.VALUE,
            Identities.CUSTOMER_ID,
            Identities.VALID_FROM,
            Identities.VALID_TO,
            Identities.ASSIGNED_BY,
            Identities.FIRST_SEEN_AT)
        .union(moved);
  }
}
