package io.itinera.core.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which customers new, changed, withdrawn or re-stitched records touch, and since when. */
public final class FindAffected {

  public static final String CUSTOMER_ID = Identities.CUSTOMER_ID;

  /** Column: nothing of the customer before this instant is concerned. */
  public static final String FROM_AT = "from_at";

  private static final Column EVER = timestamp_seconds(lit(0L));

  /** The year 9999: none of the touchpoints. */
  private static final Column NEVER = timestamp_seconds(lit(253_370_764_800L));

  private FindAffected() {}

  /**
   * One row per affected customer with the first instant that is concerned: in the year 9999 where
   * only the card is.
   *
   * @param changedEvidence rows of {@link Evidence} that came or went, before and after
   * @param moves rows of {@link IdentityMoves} not yet seen
   * @param identities rows of {@link Identities} as they are now
   * @return {@link #CUSTOMER_ID}, {@link #FROM_AT}; a customer that went is there too
   */
  public static Dataset<Row> customers(
      Dataset<Row> changedEvidence,
      Dataset<Row> moves,
      Dataset<Row> identities,
      IdentityRules rules) {
    Dataset<Row> owners = FindOwners.ofSets(changedEvidence, identities, rules);
    Dataset<Row> byEvidence =
        changedEvidence
            .join(owners, new String[] {Evidence.SET_ID, Evidence.SET_CHECK}, "inner")
            .where(FindOwners.isDuring(col(Evidence.FIRST_AT), col(Evidence.LAST_AT)))
            .select(col(CUSTOMER_ID), from().as(FROM_AT));
    Column since = coalesce(col(IdentityMoves.SINCE), EVER).as(FROM_AT);
    Dataset<Row> left = moves.select(col(IdentityMoves.FROM_CUSTOMER_ID).as(CUSTOMER_ID), since);
    Dataset<Row> joined = moves.select(col(IdentityMoves.TO_CUSTOMER_ID).as(CUSTOMER_ID), since);
    return byEvidence
        .union(left)
        .union(joined)
        .where(col(CUSTOMER_ID).isNotNull())
        .groupBy(CUSTOMER_ID)
        .agg(min(FROM_AT).as(FROM_AT));
  }

  /** What a profile says changes no touchpoint, unless identifiers move by it. */
  private static Column from() {
    return when(
            col(Evidence.KIND).equalTo(EvidenceKind.TOUCHPOINT.text()),
            coalesce(col(Evidence.FIRST_AT), EVER))
        .otherwise(NEVER);
  }
}
