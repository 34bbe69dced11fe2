package io.itinera.core.raw;

import static org.apache.spark.sql.functions.bitwise_not;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides which of several deliveries of one record stays: by the version in the record, then by
 * the greater content hash, never by what was loaded first.
 */
public final class SettleDeliveries {

  private static final String IS_DELIVERED = "is_delivered";
  private static final String RANK = "rank";
  private static final String HASH = "hash";
  private static final String SEQUENCE = "sequence";
  private static final String DATE = "date";
  private static final String DELIVERIES = "deliveries";
  private static final String KEY = "key";
  private static final String SEVERAL = "several";
  private static final String BEST = "best";
  private static final String EARLIEST_OF_BEST = "earliest_of_best";

  private SettleDeliveries() {}

  /**
   * Settles every id that is delivered more than once, or is stored already. An id that is not in
   * the result is new, and delivered once.
   *
   * <p>Where a source gives no sequence, a touchpoint has the smallest place that any delivery gave
   * it, even one that loses.
   *
   * @param candidates rows of {@link Candidates}
   * @param touchpoints stored rows with ids among the candidates'; more rows do no harm
   * @param profiles the same of profiles
   * @param sources rules of every source among the candidates
   * @return one row for each contested id of each kind, for {@link PickWinners} and {@link
   *     CountOutcomes}; worth persisting
   */
  public static Dataset<Row> contests(
      Dataset<Row> candidates,
      Dataset<Row> touchpoints,
      Dataset<Row> profiles,
      List<SourceRules> sources) {
    Dataset<Row> all =
        delivered(candidates, Contests.TOUCHPOINT, sources)
            .union(delivered(candidates, Contests.PROFILE, sources))
            .union(stored(touchpoints, Contests.TOUCHPOINT, sources))
            .union(stored(profiles, Contests.PROFILE, sources));
    Dataset<Row> grouped =
        notAlone(all)
            .groupBy(Contests.KIND, Contests.SOURCE, Contests.ID)
            .agg(
                count(lit(1)).as(DELIVERIES),
                max(IS_DELIVERED).as(IS_DELIVERED),
                // Of equally good ones the stored row stands, else the first record by file name.
                min(struct(RANK, IS_DELIVERED, Candidates.PATH, Candidates.POSITION)).as(BEST),
                min(struct(RANK, SEQUENCE)).as(EARLIEST_OF_BEST),
                min(SEQUENCE).as(SEQUENCE),
                max(when(col(IS_DELIVERED).equalTo(0), col(HASH))).as(Contests.STORED_HASH),
                max(when(col(IS_DELIVERED).equalTo(0), col(SEQUENCE))).as(Contests.STORED_SEQUENCE),
                max(when(col(IS_DELIVERED).equalTo(0), col(DATE))).as(Contests.STORED_DATE));
    return grouped
        .where(col(DELIVERIES).gt(1).and(col(IS_DELIVERED).equalTo(1)))
        .select(
            col(Contests.KIND),
            col(Contests.SOURCE),
            col(Contests.ID),
            col(BEST).getField(Candidates.PATH).as(Contests.WINNING_PATH),
            col(BEST).getField(Candidates.POSITION).as(Contests.WINNING_POSITION),
            when(isOf(sources, MapRecords::sequenceIsPosition), col(SEQUENCE))
                .otherwise(col(EARLIEST_OF_BEST).getField(SEQUENCE))
                .as(Contests.SETTLED_SEQUENCE),
            col(Contests.STORED_HASH),
            col(Contests.STORED_SEQUENCE),
            col(Contests.STORED_DATE));
  }

  /**
   * Leaves out most of those that are alone with their id. Spark sorts rows to find the smallest of
   * structs or texts among them, but only hashes them to count: so nearly nothing is sorted. Two
   * ids of one hash do no harm: the ids themselves are compared later.
   */
  private static Dataset<Row> notAlone(Dataset<Row> all) {
    Dataset<Row> keyed =
        all.withColumn(KEY, xxhash64(col(Contests.KIND), col(Contests.SOURCE), col(Contests.ID)));
    Dataset<Row> several =
        keyed
            .groupBy(col(KEY).as(SEVERAL))
            .agg(count(lit(1)).as(DELIVERIES))
            .where(col(DELIVERIES).gt(1))
            .select(SEVERAL);
    return keyed.join(several, col(KEY).equalTo(col(SEVERAL)), "left_semi");
  }

  private static Dataset<Row> delivered(
      Dataset<Row> candidates, String kind, List<SourceRules> sources) {
    boolean isTouchpoint = kind.equals(Contests.TOUCHPOINT);
    Column row = col(isTouchpoint ? Candidates.TOUCHPOINT : Candidates.PROFILE);
    return candidates
        .where(row.isNotNull())
        .select(
            lit(kind).as(Contests.KIND),
            col(Candidates.SOURCE).as(Contests.SOURCE),
            row.getField(isTouchpoint ? Touchpoints.TOUCHPOINT_ID : Profiles.RECORD_ID)
                .as(Contests.ID),
            col(Candidates.PATH),
            col(Candidates.POSITION),
            row.getField(Touchpoints.RECORD_VERSION).as(Touchpoints.RECORD_VERSION),
            row.getField(Touchpoints.RECORD_HASH).as(HASH),
            (isTouchpoint ? row.getField(Touchpoints.SEQUENCE) : lit(null).cast("long"))
                .as(SEQUENCE),
            lit(null).cast("date").as(DATE),
            lit(1).as(IS_DELIVERED))
        .withColumn(RANK, rank(sources))
        .drop(Touchpoints.RECORD_VERSION);
  }

  private static Dataset<Row> stored(Dataset<Row> rows, String kind, List<SourceRules> sources) {
    boolean isTouchpoint = kind.equals(Contests.TOUCHPOINT);
    return rows.select(
            lit(kind).as(Contests.KIND),
            col(Touchpoints.SOURCE).as(Contests.SOURCE),
            col(isTouchpoint ? Touchpoints.TOUCHPOINT_ID : Profiles.RECORD_ID).as(Contests.ID),
            lit(null).cast("string").as(Candidates.PATH),
            lit(null).cast("long").as(Candidates.POSITION),
            col(Touchpoints.RECORD_VERSION),
            col(Touchpoints.RECORD_HASH).as(HASH),
            (isTouchpoint ? col(Touchpoints.SEQUENCE) : lit(null).cast("long")).as(SEQUENCE),
            (isTouchpoint ? col(Touchpoints.EVENT_DATE) : lit(null).cast("date")).as(DATE),
            lit(0).as(IS_DELIVERED))
        .withColumn(RANK, rank(sources))
        .drop(Touchpoints.RECORD_VERSION);
  }

  /** The smaller, the better. A delivery without version loses against any that has one. */
  private static Column rank(List<SourceRules> sources) {
    Column version = unix_micros(col(Touchpoints.RECORD_VERSION));
    Column earliest = coalesce(version, lit(Long.MAX_VALUE));
    Column latest = bitwise_not(coalesce(version, lit(Long.MIN_VALUE)));
    Column earliestWins =
        isOf(sources, source -> source.winner() == SourceRules.Winner.EARLIEST_RECEIVED);
    return struct(
        when(earliestWins, earliest).otherwise(latest).as("version"),
        bitwise_not(col(HASH)).as("content"));
  }

  private static Column isOf(List<SourceRules> sources, Predicate<SourceRules> condition) {
    Object[] names = sources.stream().filter(condition).map(SourceRules::name).toArray();
    return col(Contests.SOURCE).isin(names);
  }
}
