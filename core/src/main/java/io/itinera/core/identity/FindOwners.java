package io.itinera.core.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

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
  private static final String OWNER = "owner";
  private static final String STRONGEST = "strongest";
  private static final String TIMES = "times";
  private static final String STRENGTH = "strength";
  private static final String OWNED = "owned";

  private static final Column EVER = timestamp_seconds(lit(0L));

  private FindOwners() {}

  /**
   * The owners of each set: the customer of its strongest identifier, person before device, then by
   * priority, then alphabetically. Where that is a device that changes hands, each of its owners
   * has the set for a time.
   *
   * @param sets columns {@link Evidence#SET_ID}, {@link Evidence#SET_CHECK} and {@link
   *     Evidence#IDENTIFIERS}, repeated or not
   * @param identities rows of {@link Identities}; sets whose identifiers are all missing there have
   *     no owner
   * @return rows of {@link SetOwners}: the times of a set have no gap between them
   */
  public static Dataset<Row> ofSets(
      Dataset<Row> sets, Dataset<Row> identities, IdentityRules rules) {
    Dataset<Row> members =
        sets.select(
                col(Evidence.SET_ID),
                col(Evidence.SET_CHECK),
                explode(col(Evidence.IDENTIFIERS)).as(ID))
            .distinct();
    Column same =
        col(TYPE)
            .equalTo(identities.col(Identities.TYPE))
            .and(col(VALUE).equalTo(identities.col(Identities.VALUE)));
    Column strength = struct(Strength.rankOfOwner(col(TYPE), rules), col(TYPE), col(VALUE));
    Column isOwned = col(Identities.ASSIGNED_BY).equalTo(Identities.BY_OWNERSHIP);
    Column owner =
        struct(
            col(Identities.VALID_FROM).as(SetOwners.VALID_FROM),
            col(Identities.VALID_TO).as(SetOwners.VALID_TO),
            col(Identities.CUSTOMER_ID).as(SetOwners.CUSTOMER_ID),
            col(Identities.ASSIGNED_BY).as(SetOwners.ASSIGNED_BY));
    Dataset<Row> found =
        members
            .join(identities, same, "inner")
            .groupBy(Evidence.SET_ID, Evidence.SET_CHECK)
            .agg(
                min(struct(strength.as(STRENGTH), owner.as(OWNER))).as(STRONGEST),
                collect_list(when(isOwned, struct(strength.as(STRENGTH), owner.as(OWNER))))
                    .as(TIMES));
    return SetOwners.TABLE.conform(inTurn(found));
  }

  private static Dataset<Row> inTurn(Dataset<Row> found) {
    Column strongest = col(STRONGEST).getField(STRENGTH);
    Column always =
        struct(
            EVER.as(SetOwners.VALID_FROM),
            lit(null).cast("timestamp").as(SetOwners.VALID_TO),
            col(STRONGEST)
                .getField(OWNER)
                .getField(SetOwners.CUSTOMER_ID)
                .as(SetOwners.CUSTOMER_ID),
            col(STRONGEST)
                .getField(OWNER)
                .getField(SetOwners.ASSIGNED_BY)
                .as(SetOwners.ASSIGNED_BY));
    Column isInTurn =
        col(STRONGEST)
            .getField(OWNER)
            .getField(SetOwners.ASSIGNED_BY)
            .equalTo(Identities.BY_OWNERSHIP);
    Column times =
        filter(col(TIMES), each -> each.getField(STRENGTH).equalTo(strongest)).getField(OWNER);
    return found
        .withColumn(
            OWNED,
            explode(when(isInTurn, times).otherwise(org.apache.spark.sql.functions.array(always))))
        .select(col(SetOwners.SET_ID), col(SetOwners.SET_CHECK), col(OWNED + ".*"));
  }

  /** Whether an owner has a set at some time from {@code first} to {@code last}; null is any. */
  static Column isDuring(Column first, Column last) {
    Column hasBegun = col(SetOwners.VALID_FROM).leq(last);
    Column isOver = col(SetOwners.VALID_TO).leq(first);
    return coalesce(hasBegun, lit(true)).and(coalesce(isOver, lit(false)).equalTo(false));
  }
}
