package io.itinera.core.settle;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.map.Days;
import io.itinera.core.rule.SetIds;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up who was seen on which day, so that identity needs not read every touchpoint. */
public final class CollectEvidence {

  private static final String AT = "at";
  private static final String CONTENT = "content";

  private CollectEvidence() {}

  /**
   * Sums up touchpoints. One without identifiers is no evidence, nor is a bot's, unless bots count.
   *
   * @param touchpoints all rows of {@link Touchpoints} of some days
   * @return rows of {@link Evidence} of those days
   */
  public static Dataset<Row> ofTouchpoints(Dataset<Row> touchpoints, LoadingRules rules) {
    Column counts = rules.bots().exclude() ? col(Touchpoints.BOT_REASON).isNull() : lit(true);
    return summed(
        touchpoints
            .where(counts)
            .select(
                col(Touchpoints.SOURCE).as(Evidence.SOURCE),
                lit(EvidenceKind.TOUCHPOINT.text()).as(Evidence.KIND),
                col(Touchpoints.EVENT_DATE).as(Evidence.EVENT_DATE),
                col(Touchpoints.SET_ID).as(Evidence.SET_ID),
                col(Touchpoints.SET_CHECK).as(Evidence.SET_CHECK),
                col(Touchpoints.IDENTIFIERS).as(Evidence.IDENTIFIERS),
                col(Touchpoints.OCCURRED_AT).as(AT),
                // Also what follows from settings, such as labels: later stages read it. And the
                // run: a record that changed and changed back is nobody's until it is seen again.
                xxhash64(
                        col(Touchpoints.TOUCHPOINT_ID),
                        col(Touchpoints.RECORD_HASH),
                        orEmpty(Touchpoints.LOADED_RUN_ID),
                        col(Touchpoints.SEQUENCE),
                        orEmpty(Touchpoints.REPEATS_TOUCHPOINT_ID),
                        orEmpty(Touchpoints.STAGE),
                        orEmpty(Touchpoints.MARKETING_CHANNEL),
                        orEmpty(Touchpoints.VALUE),
                        orEmpty(Touchpoints.COST))
                    .as(CONTENT)));
  }

  /**
   * Sums up profiles. A deleted one, or one without identifiers, is no evidence; but a record that
   * was merged into another is deleted because of that, and its merge stays.
   *
   * @param profiles all rows of {@link Profiles} of {@link #dayOf some days}
   * @return rows of {@link Evidence} of those days
   */
  public static Dataset<Row> ofProfiles(Dataset<Row> profiles, LoadingRules rules) {
    Dataset<Row> living =
        profiles.where(coalesce(col(Profiles.DELETED), lit(false)).equalTo(false));
    Dataset<Row> merged = profiles.where(size(col(Profiles.MERGED)).gt(0));
    Column types = transform(col(Profiles.MERGED), id -> id.getField(ColumnTypes.TYPE));
    Column own =
        filter(
            col(Profiles.IDENTIFIERS), id -> array_contains(types, id.getField(ColumnTypes.TYPE)));
    return summed(
        seen(living, EvidenceKind.PROFILE, col(Profiles.IDENTIFIERS), rules)
            .union(
                seen(
                    merged,
                    EvidenceKind.MERGE,
                    sort_array(array_union(own, col(Profiles.MERGED))),
                    rules)));
  }

  private static Dataset<Row> seen(
      Dataset<Row> profiles, EvidenceKind kind, Column identifiers, LoadingRules rules) {
    return profiles.select(
        col(Profiles.SOURCE).as(Evidence.SOURCE),
        lit(kind.text()).as(Evidence.KIND),
        dayOf(rules).as(Evidence.EVENT_DATE),
        SetIds.of(identifiers).as(Evidence.SET_ID),
        SetIds.check(identifiers).as(Evidence.SET_CHECK),
        identifiers.as(Evidence.IDENTIFIERS),
        madeAt().as(AT),
        xxhash64(col(Profiles.RECORD_ID), col(Profiles.RECORD_HASH)).as(CONTENT));
  }

  private static Column orEmpty(String name) {
    return coalesce(col(name).cast("string"), lit(""));
  }

  /** Day of a profile: when it was made, else last changed, else 1970-01-01. */
  public static Column dayOf(LoadingRules rules) {
    return coalesce(Days.of(madeAt(), rules.timeZone()), lit(LocalDate.EPOCH));
  }

  private static Column madeAt() {
    return coalesce(col(Profiles.CREATED_AT), col(Profiles.UPDATED_AT));
  }

  private static Dataset<Row> summed(Dataset<Row> seen) {
    Dataset<Row> evidence =
        seen.where(col(Evidence.SET_ID).isNotNull())
            .groupBy(
                col(Evidence.SOURCE),
                col(Evidence.KIND),
                col(Evidence.EVENT_DATE),
                col(Evidence.SET_ID),
                col(Evidence.SET_CHECK),
                // The same for all of a set; as a value of the group Spark would sort all rows.
                col(Evidence.IDENTIFIERS))
            .agg(
                count(lit(1)).as(Evidence.OBSERVATIONS),
                min(AT).as(Evidence.FIRST_AT),
                max(AT).as(Evidence.LAST_AT),
                bit_xor(col(CONTENT)).as(Evidence.DIGEST));
    return Evidence.TABLE.conform(evidence);
  }
}
