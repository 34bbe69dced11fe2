package io.itinera.core.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps ids that were published once leading to today's. */
public final class FollowAliases {

  private static final String ID = "fate_id";
  private static final String TODAY = "fate_today";

  private FollowAliases() {}

  /**
   * What is new in the table of aliases: customers that came or went, and ids that led to one that
   * went.
   *
   * @param moves rows of {@link IdentityMoves} of one comparison
   * @param after rows of {@link Identities} behind it, of the same components
   * @param stored rows of {@link CustomerAliases} before it
   * @return rows of {@link CustomerAliases}
   */
  public static Dataset<Row> changed(Dataset<Row> moves, Dataset<Row> after, Dataset<Row> stored) {
    Dataset<Row> fates = fates(moves, after);
    Dataset<Row> led =
        stored
            .join(fates, col(CustomerAliases.CUSTOMER_ID).equalTo(col(ID)), "inner")
            .where(not(col(TODAY).eqNullSafe(col(CustomerAliases.CUSTOMER_ID))))
            .select(col(CustomerAliases.OLD_CUSTOMER_ID).as(ID), col(TODAY));
    Dataset<Row> others =
        led.join(fates.select(col(ID).as("told_id")), col(ID).equalTo(col("told_id")), "left_anti");
    return CustomerAliases.TABLE.conform(
        fates
            .union(others)
            .select(
                col(ID).as(CustomerAliases.OLD_CUSTOMER_ID),
                col(TODAY).as(CustomerAliases.CUSTOMER_ID)));
  }

  /** Each customer from or to whom identifiers moved, and who it is now. */
  private static Dataset<Row> fates(Dataset<Row> moves, Dataset<Row> after) {
    Dataset<Row> met =
        moves
            .select(col(IdentityMoves.FROM_CUSTOMER_ID).as(ID))
            .union(moves.select(col(IdentityMoves.TO_CUSTOMER_ID).as(ID)))
            .where(col(ID).isNotNull())
            .distinct();
    Dataset<Row> live = after.select(col(Identities.CUSTOMER_ID).as("live_id")).distinct();
    Column today = when(col("live_id").isNotNull(), col(ID)).otherwise(col("heir_id"));
    return met.join(live, col(ID).equalTo(col("live_id")), "left")
        .join(heirs(moves), col(ID).equalTo(col("gone_id")), "left")
        .select(col(ID), today.as(TODAY));
  }

  /** With whom most identifiers of a customer went on; of equally many the greatest id. */
  private static Dataset<Row> heirs(Dataset<Row> moves) {
    Column from = col(IdentityMoves.FROM_CUSTOMER_ID);
    Column to = col(IdentityMoves.TO_CUSTOMER_ID);
    return moves
        .where(from.isNotNull().and(to.isNotNull()).and(from.notEqual(to)))
        .groupBy(from.as("gone_id"), to.as("to_id"))
        .agg(count(lit(1)).as("moved_count"))
        .groupBy("gone_id")
        .agg(max_by(col("to_id"), struct(col("moved_count"), col("to_id"))).as("heir_id"));
  }
}
