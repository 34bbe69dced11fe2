package io.itinera.core.settle;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.MapRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Decides which of several deliveries of one record stays: by the vendor's own rank, then the
 * version in the record, then its file's logical date, time of writing and path, then the greater
 * content hash, never by what was loaded first.
 */
public final class SettleDeliveries {

  private static final String IS_DELIVERED = "is_delivered";
  private static final String DELIVERIES = "deliveries";
  private static final String IS_RESTATED = "is_restated";
  private static final String IS_LAPSED = "is_lapsed";
  private static final String KEY = "key";
  private static final String SEVERAL = "several";
  private static final String BEST = "best";

  /** Columns of contests. */
  public static final StructType CONTESTS =
      new StructType()
          .add(Contests.KIND, DataTypes.StringType)
          .add(Contests.SOURCE, DataTypes.StringType)
          .add(Contests.ID, DataTypes.StringType)
          .add(Contests.WINNING_PATH, DataTypes.StringType)
          .add(Contests.WINNING_POSITION, DataTypes.LongType)
          .add(Contests.SETTLED_SEQUENCE, DataTypes.LongType)
          .add(Contests.STORED_HASH, DataTypes.LongType)
          .add(Contests.STORED_SEQUENCE, DataTypes.LongType)
          .add(Contests.STORED_DATE, DataTypes.DateType)
          .add(Contests.STORED_RUN, DataTypes.StringType)
          .add(Contests.IS_WITHDRAWN, DataTypes.BooleanType)
          .add(Contests.WAS_WITHDRAWN, DataTypes.BooleanType)
          .add(Contests.IS_GONE, DataTypes.BooleanType)
          .add(Contests.IS_HELD, DataTypes.BooleanType);

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
    return settled(notAlone(unrestated(all(candidates, stored, sources))), sources);
  }

  /**
   * Settles also what files had brought that are written anew. A stored row that comes from one of
   * them competes no more: another delivery, in whatever file, takes its place, else it is gone.
   *
   * @param restated what the rewritten files among those of the candidates had brought
   * @return as above; where {@link Contests#IS_HELD}, the winner is in a file that must be read
   */
  public static Dataset<Row> contests(
      Dataset<Row> candidates, Stored stored, List<SourceRules> sources, Restated restated) {
    Dataset<Row> all = unrestated(all(candidates, stored, sources));
    Dataset<Row> marked =
        marked(all.where(isStored()), restated.paths()).union(all.where(not(isStored())));
    Set<String> kinds = Candidates.kinds(sources);
    Dataset<Row> held =
        Stream.of(Entries.values())
            .filter(entry -> stored.of(entry, kinds).isPresent())
            .map(entry -> unrestated(entry.held(restated.others(), sources)))
            .reduce(Dataset::union)
            .orElseThrow();
    return settled(notAlone(marked.union(held)), sources);
  }

  private static Dataset<Row> unrestated(Dataset<Row> entries) {
    return entries.withColumn(IS_RESTATED, lit(false)).withColumn(IS_LAPSED, lit(false));
  }

  /** Marks the stored rows that a rewritten file had brought, and those that came from it. */
  private static Dataset<Row> marked(Dataset<Row> stored, Dataset<Row> paths) {
    Column isSame =
        col(Contests.KIND)
            .equalTo(col(Restated.KIND))
            .and(col(Contests.SOURCE).equalTo(col(Restated.OWNER)))
            .and(col(Contests.ID).equalTo(col(Restated.ID)));
    Column isRestated = col(Restated.PATHS).isNotNull().and(col(Candidates.PATH).isNotNull());
    Column isLapsed =
        coalesce(array_contains(col(Restated.PATHS), col(Candidates.PATH)), lit(false));
    Column[] columns = Stream.of(stored.columns()).map(name -> col(name)).toArray(Column[]::new);
    return stored
        .join(paths, isSame, "left")
        .withColumn(IS_RESTATED, isRestated)
        .withColumn(IS_LAPSED, isLapsed)
        .select(columns);
  }

  private static Dataset<Row> settled(Dataset<Row> entries, List<SourceRules> sources) {
    Dataset<Row> grouped =
        entries
            .groupBy(Contests.KIND, Contests.SOURCE, Contests.ID)
            .agg(
                count(lit(1)).as(DELIVERIES),
                max(col(Entries.FROM).equalTo(Entries.DELIVERED)).as(IS_DELIVERED),
                // Of equally good ones the stored row stands, else the first record of the file.
                min(when(
                        not(col(IS_LAPSED)),
                        struct(Entries.RANK, Entries.FROM, Candidates.POSITION, Entries.SEQUENCE)))
                    .as(BEST),
                // The place of a restated row may be that which a rewritten file had given it.
                min(when(not(col(IS_RESTATED)), col(Entries.SEQUENCE))).as(Entries.SEQUENCE),
                max(IS_RESTATED).as(IS_RESTATED),
                stored(col(Entries.HASH)).as(Contests.STORED_HASH),
                stored(col(Entries.SEQUENCE)).as(Contests.STORED_SEQUENCE),
                stored(col(Entries.DATE)).as(Contests.STORED_DATE),
                stored(col(Touchpoints.LOADED_RUN_ID)).as(Contests.STORED_RUN),
                max(isStored().and(withdraws(col(Entries.RANK)))).as(Contests.WAS_WITHDRAWN));
    Column best = col(BEST);
    Column storedStands = best.getField(Entries.FROM).equalTo(Entries.STORED);
    return grouped
        .where(col(DELIVERIES).gt(1).and(col(IS_DELIVERED)).or(col(IS_RESTATED)))
        .select(
            col(Contests.KIND),
            col(Contests.SOURCE),
            col(Contests.ID),
            when(storedStands, lit(null))
                .otherwise(best.getField(Entries.RANK).getField(Entries.FILE))
                .as(Contests.WINNING_PATH),
            best.getField(Candidates.POSITION).as(Contests.WINNING_POSITION),
            when(Entries.isOf(sources, MapRecords::sequenceIsPosition), col(Entries.SEQUENCE))
                .otherwise(best.getField(Entries.SEQUENCE))
                .as(Contests.SETTLED_SEQUENCE),
            col(Contests.STORED_HASH),
            col(Contests.STORED_SEQUENCE),
            col(Contests.STORED_DATE),
            col(Contests.STORED_RUN),
            coalesce(withdraws(best.getField(Entries.RANK)), lit(false)).as(Contests.IS_WITHDRAWN),
            col(Contests.WAS_WITHDRAWN),
            best.isNull().as(Contests.IS_GONE),
            coalesce(best.getField(Entries.FROM).equalTo(Entries.HELD), lit(false))
                .as(Contests.IS_HELD));
  }

  /**
   * Stored rows with ids among the candidates'; more rows do no harm.
   *
   * @param touchpoints rows of {@link Touchpoints}
   * @param tombstones rows of {@link Tombstones}; empty where nothing was ever withdrawn. Those of
   *     a source that is no longer configured count, too
   * @param profiles rows of {@link Profiles}
   * @param costs rows of {@link CampaignCosts}
   */
  public record Stored(
      Dataset<Row> touchpoints,
      Optional<Dataset<Row>> tombstones,
      Dataset<Row> profiles,
      Dataset<Row> costs) {

    private Optional<Dataset<Row>> of(Entries entry, Set<String> kinds) {
      if (entry == Entries.TOMBSTONE) {
        return kinds.contains(Candidates.TOUCHPOINT) ? tombstones : Optional.empty();
      }
      Dataset<Row> rows =
          switch (entry) {
            case TOUCHPOINT, TOMBSTONE -> touchpoints;
            case PROFILE -> profiles;
            case COST -> costs;
          };
      return kinds.contains(entry.candidate()) ? Optional.of(rows) : Optional.empty();
    }
  }

  private static Dataset<Row> all(
      Dataset<Row> candidates, Stored stored, List<SourceRules> sources) {
    Set<String> kinds = Candidates.kinds(sources);
    List<Dataset<Row>> all = new ArrayList<>();
    for (Entries entry : Entries.values()) {
      // What nobody yields needs no plan.
      if (kinds.contains(entry.candidate())) {
        all.add(entry.delivered(candidates, sources));
      }
      stored.of(entry, kinds).ifPresent(rows -> all.add(entry.stored(rows, sources)));
    }
    return all.stream().reduce(Dataset::union).orElseThrow();
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
            .agg(count(lit(1)).as(DELIVERIES), max(IS_RESTATED).as(IS_RESTATED))
            .where(col(DELIVERIES).gt(1).or(col(IS_RESTATED)))
            .select(SEVERAL)
            // Few, as a rule: then all others need not be shuffled to be left out.
            .transform(HoldRows::toJoin);
    return keyed.join(several, col(KEY).equalTo(col(SEVERAL)), "left_semi");
  }

  /** The value of the stored row, of which there is at most one. */
  private static Column stored(Column value) {
    return max(when(isStored(), value));
  }

  private static Column isStored() {
    return col(Entries.FROM).equalTo(Entries.STORED);
  }

  private static Column withdraws(Column rank) {
    return rank.getField(Entries.WITHDRAWS).equalTo(0);
  }
}
