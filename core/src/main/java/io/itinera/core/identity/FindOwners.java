package io.itinera.core.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.SetOwners;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whose touchpoints those with a given set of identifiers are. */
public final class FindOwners {

  private static final String ID = "identifier";
  private static final String TYPE = ID + "." + Identities.TYPE;
  private static final String VALUE = ID + "." + Identities.VALUE;

  private FindOwners() {}

  /**
   * The owner of each set as it is stored.
   *
   * @param evidence rows of {@link Evidence}
   * @param identities rows of {@link Identities} of all that it names
   * @return rows of {@link SetOwners}
   */
  public static Dataset<Row> setOwners(
      Dataset<Row> evidence, Dataset<Row> identities, IdentityRules rules) {
    return SetOwners.TABLE.conform(
        ofSets(evidence, identities, rules)
            .withColumn(SetOwners.VALID_FROM, timestamp_seconds(lit(0L)))
            .withColumn(SetOwners.VALID_TO, lit(null).cast("timestamp"))
            .withColumn(SetOwners.ASSIGNED_BY, lit("graph")));
  }

  /**
   * The owner of each set of identifiers: the customer of its strongest identifier, person before
   * device, then by priority, then alphabetically.
   *
   * @param sets columns {@link Evidence#SET_ID}, {@link Evidence#SET_CHECK} and {@link
   *     Evidence#IDENTIFIERS}, repeated or not
   * @param identities rows of {@link Identities}; sets whose identifiers are all missing there have
   *     no owner
   * @return {@link Evidence#SET_ID}, {@link Evidence#SET_CHECK} and {@link Identities#CUSTOMER_ID},
   *     one row per owned set
   */
  public static Dataset<Row> ofSets(
      Dataset<Row> sets, Dataset<Row> identities, IdentityRules rules) {
    Dataset<Row> members =
        sets.select(
                col(Evidence.SET_ID),
                col(Evidence.SET_CHECK),
                explode(col(Evidence.IDENTIFIERS)).as(ID))
            .distinct();
    Dataset<Row> known =
        identities.select(Identities.TYPE, Identities.VALUE, Identities.CUSTOMER_ID);
    Column same =
        col(TYPE)
            .equalTo(known.col(Identities.TYPE))
            .and(col(VALUE).equalTo(known.col(Identities.VALUE)));
    Column strongest = struct(Strength.rank(col(TYPE), rules), col(TYPE), col(VALUE));
    return members
        .join(known, same, "inner")
        .groupBy(Evidence.SET_ID, Evidence.SET_CHECK)
        .agg(min_by(col(Identities.CUSTOMER_ID), strongest).as(Identities.CUSTOMER_ID));
  }
}
