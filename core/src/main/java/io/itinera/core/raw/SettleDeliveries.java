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

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private static final String WITHDRAWS = "withdraws";
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
   * it, even one that loses. A record that withdraws a touchpoint competes with those that bring
   * it: the later version stays, and of equal ones the withdrawal, as does one without a version.
   *
   * @param candidates rows of {@link Candidates}
   * @param stored what is stored
   * @param sources rules of every source that owns any of them
   * @return one row for each contested id of each kind, for {@link PickWinners} and {@link
   *     CountOutcomes}; worth persisting
   */
  public static Dataset<Row> contests(
      Dataset<Row> candidates, Stored stored, List<SourceRules> sources) {
    Dataset<Row> all =
        Stream.of(Entry.values())
            .filter(entry -> entry.isYieldedBy(sources))
            .flatMap(
                entry ->
                    Stream.of(entry.delivered(candidates, sources), entry.stored(stored, sources)))
            .reduce(Dataset::union)
            .orElseThrow();
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
                max(when(col(IS_DELIVERED).equalTo(0), col(DATE))).as(Contests.STORED_DATE),
                max(col(IS_DELIVERED).equalTo(0).and(col(RANK).getField(WITHDRAWS).equalTo(0)))
                    .as(Contests.WAS_WITHDRAWN));
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
            col(Contests.STORED_DATE),
            col(BEST).getField(RANK).getField(WITHDRAWS).equalTo(0).as(Contests.IS_WITHDRAWN),
            col(Contests.WAS_WITHDRAWN));
  }

  /**
   * Stored rows with ids among the candidates'; more rows do no harm.
   *
   * @param touchpoints rows of {@link Touchpoints}
   * @param tombstones rows of {@link Tombstones}
   * @param profiles rows of {@link Profiles}
   * @param costs rows of {@link CampaignCosts}
   */
  public record Stored(
      Dataset<Row> touchpoints,
      Dataset<Row> tombstones,
      Dataset<Row> profiles,
      Dataset<Row> costs) {}

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

  /** What may be delivered, and where it is stored. */
  private enum Entry {
    TOUCHPOINT(Contests.TOUCHPOINT, Candidates.TOUCHPOINT, Touchpoints.TOUCHPOINT_ID),
    TOMBSTONE(Contests.TOUCHPOINT, Candidates.TOMBSTONE, Tombstones.TOUCHPOINT_ID),
    PROFILE(Contests.PROFILE, Candidates.PROFILE, Profiles.RECORD_ID),
    COST(Contests.COST, Candidates.COST, CampaignCosts.RECORD_ID);

    private final String kind;
    private final String candidate;
    private final String id;

    Entry(String kind, String candidate, String id) {
      this.kind = kind;
      this.candidate = candidate;
      this.id = id;
    }

    /** Whether there can be any: what nobody yields needs no plan. */
    boolean isYieldedBy(List<SourceRules> sources) {
      return Candidates.kinds(sources).contains(candidate);
    }

    Dataset<Row> delivered(Dataset<Row> candidates, List<SourceRules> sources) {
      return entries(
          candidates.where(col(candidate).isNotNull()),
          name -> col(candidate).getField(name),
          col(Candidates.PATH),
          col(Candidates.POSITION),
          1,
          sources);
    }

    Dataset<Row> stored(Stored stored, List<SourceRules> sources) {
      Dataset<Row> rows =
          switch (this) {
            case TOUCHPOINT -> stored.touchpoints();
            case TOMBSTONE -> stored.tombstones();
            case PROFILE -> stored.profiles();
            case COST -> stored.costs();
          };
      Column noPath = lit(null).cast("string");
      return entries(rows, name -> col(name), noPath, lit(null).cast("long"), 0, sources);
    }

    private Dataset<Row> entries(
        Dataset<Row> rows,
        Function<String, Column> field,
        Column path,
        Column position,
        int isDelivered,
        List<SourceRules> sources) {
      boolean hasDay = this == TOUCHPOINT;
      boolean hasPlace = this == TOUCHPOINT || this == TOMBSTONE;
      return rows.select(
              lit(kind).as(Contests.KIND),
              field.apply(Touchpoints.SOURCE).as(Contests.SOURCE),
              field.apply(id).as(Contests.ID),
              path.as(Candidates.PATH),
              position.as(Candidates.POSITION),
              field.apply(Touchpoints.RECORD_VERSION).as(Touchpoints.RECORD_VERSION),
              field.apply(Touchpoints.RECORD_HASH).as(HASH),
              (hasPlace ? field.apply(Touchpoints.SEQUENCE) : lit(null).cast("long")).as(SEQUENCE),
              (hasDay ? field.apply(Touchpoints.EVENT_DATE) : lit(null).cast("date")).as(DATE),
              lit(isDelivered).as(IS_DELIVERED))
          .withColumn(RANK, rank(sources, this == TOMBSTONE))
          .drop(Touchpoints.RECORD_VERSION);
    }
  }

  /**
   * The smaller, the better. A delivery without version loses against any that has one, but what is
   * withdrawn without one is so for good.
   */
  private static Column rank(List<SourceRules> sources, boolean withdraws) {
    Column version = unix_micros(col(Touchpoints.RECORD_VERSION));
    long unversioned = withdraws ? Long.MIN_VALUE : Long.MAX_VALUE;
    Column earliest = coalesce(version, lit(unversioned));
    Column latest = coalesce(bitwise_not(version), lit(unversioned));
    Column earliestWins =
        isOf(sources, source -> source.winner() == SourceRules.Winner.EARLIEST_RECEIVED);
    return struct(
        when(earliestWins, earliest).otherwise(latest).as("version"),
        lit(withdraws ? 0 : 1).as(WITHDRAWS),
        bitwise_not(col(HASH)).as("content"));
  }

  private static Column isOf(List<SourceRules> sources, Predicate<SourceRules> condition) {
    Object[] names = sources.stream().filter(condition).map(SourceRules::name).toArray();
    return col(Contests.SOURCE).isin(names);
  }
}
