package io.itinera.core.settle;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows that a batch of deliveries adds to a table, or replaces in it. */
public final class PickWinners {

  /** Day under which the row that is replaced is stored; null for a new row. */
  public static final String REPLACED_DATE = "replaced_date";

  /** Whether the row replaces a stored one. */
  public static final String IS_REPLACEMENT = "is_replacement";

  /** Kind of what is delivered more than once, its id, and whether what stands withdraws it. */
  public static final String KIND = Contests.KIND;

  /** Kind of contested touchpoints and their withdrawals. */
  public static final String OF_TOUCHPOINT = Contests.OF_TOUCHPOINT;

  public static final String ID = Contests.ID;
  public static final String IS_WITHDRAWN = Contests.IS_WITHDRAWN;

  private PickWinners() {}

  /**
   * The record that stands for each id that is delivered more than once, and nowhere stored.
   *
   * @return {@link #KIND}, which is the column of {@link Candidates} that has it, {@link #ID},
   *     {@link #IS_WITHDRAWN}, and path and position as in {@link Candidates}
   */
  public static Dataset<Row> standing(Dataset<Row> contests) {
    return contests.select(
        col(Contests.KIND),
        col(Contests.ID),
        col(Contests.IS_WITHDRAWN),
        col(Contests.WINNING_PATH).as(Candidates.PATH),
        col(Contests.WINNING_POSITION).as(Candidates.POSITION));
  }

  /**
   * Touchpoints that are new, or whose content, version or sequence changed. One whose content is
   * what it was keeps its run.
   *
   * @param contests what {@link SettleDeliveries#contests} made of {@code candidates}
   * @param stored the stored touchpoints that it was given
   * @return one row a touchpoint: all columns of {@link Touchpoints}, the run null where it is this
   *     one, and {@link #REPLACED_DATE}
   */
  public static Dataset<Row> touchpoints(
      Dataset<Row> candidates, Dataset<Row> contests, Dataset<Row> stored) {
    Dataset<Row> delivered =
        candidates
            .where(col(Candidates.TOUCHPOINT).isNotNull())
            .select(delivery(Candidates.TOUCHPOINT));
    Dataset<Row> winners =
        delivered
            .join(
                of(contests, Contests.OF_TOUCHPOINT),
                col(Touchpoints.TOUCHPOINT_ID).equalTo(col(Contests.ID)),
                "left")
            .where(isWinner())
            .withColumn(Touchpoints.LOADED_RUN_ID, kept(Contests.STORED_RUN))
            .withColumn(Touchpoints.REPEATS_TOUCHPOINT_ID, lit(null).cast("string"));
    Dataset<Row> moved =
        stored.join(
            of(contests, Contests.OF_TOUCHPOINT)
                .where(storedStands())
                .where(col(Contests.SETTLED_SEQUENCE).notEqual(col(Contests.STORED_SEQUENCE))),
            col(Touchpoints.TOUCHPOINT_ID).equalTo(col(Contests.ID)),
            "inner");
    Column[] columns =
        settled(
            Stream.of(
                    Candidates.TOUCHPOINT_COLUMNS,
                    Origin.COLUMNS,
                    List.of(
                        Touchpoints.REPEATS_TOUCHPOINT_ID,
                        Touchpoints.LOADED_RUN_ID,
                        Contests.STORED_DATE))
                .flatMap(List::stream));
    return winners
        .select(columns)
        .union(moved.select(columns))
        .withColumnRenamed(Contests.STORED_DATE, REPLACED_DATE);
  }

  /**
   * Stored touchpoints that a delivery withdraws, or that no file holds any more.
   *
   * @return touchpoint_id, and under which {@link #REPLACED_DATE day} it is stored
   */
  public static Dataset<Row> withdrawn(Dataset<Row> contests) {
    return of(contests, Contests.OF_TOUCHPOINT)
        .where(col(Contests.IS_WITHDRAWN).or(col(Contests.IS_GONE)))
        .where(col(Contests.STORED_DATE).isNotNull())
        .select(
            col(Contests.ID).as(Touchpoints.TOUCHPOINT_ID),
            col(Contests.STORED_DATE).as(REPLACED_DATE));
  }

  /**
   * Withdrawals that are new, or whose touchpoint was delivered at an earlier place than known.
   *
   * @param stored rows of {@link Tombstones}
   * @return all columns of {@link Tombstones} but the run
   */
  public static Dataset<Row> tombstones(
      Dataset<Row> candidates, Dataset<Row> contests, Dataset<Row> stored) {
    Dataset<Row> ofTouchpoints = of(contests, Contests.OF_TOUCHPOINT);
    Column isSame = col(Tombstones.TOUCHPOINT_ID).equalTo(col(Contests.ID));
    Dataset<Row> coming =
        candidates
            .where(col(Candidates.TOMBSTONE).isNotNull())
            .select(delivery(Candidates.TOMBSTONE))
            .join(ofTouchpoints, isSame, "left")
            .where(isWinner());
    Column isAtItsPlace = col(Contests.SETTLED_SEQUENCE).eqNullSafe(col(Contests.STORED_SEQUENCE));
    Dataset<Row> moved =
        stored
            .join(ofTouchpoints.where(storedStands()), isSame, "inner")
            .where(not(isAtItsPlace))
            // A file that was written anew may leave it without any place.
            .withColumn(Tombstones.SEQUENCE, col(Contests.SETTLED_SEQUENCE));
    Column[] columns =
        settled(Stream.concat(Candidates.TOMBSTONE_COLUMNS.stream(), Origin.COLUMNS.stream()));
    return coming.select(columns).union(moved.select(columns));
  }

  /**
   * Stored withdrawals that a later version of their touchpoint overrules, or that no file holds
   * any more: touchpoint_id.
   */
  public static Dataset<Row> overruledTombstones(Dataset<Row> contests) {
    return of(contests, Contests.OF_TOUCHPOINT)
        .where(col(Contests.WAS_WITHDRAWN))
        .where(col(Contests.WINNING_PATH).isNotNull().or(col(Contests.IS_GONE)))
        .select(col(Contests.ID).as(Tombstones.TOUCHPOINT_ID));
  }

  /**
   * Profiles that are new, or whose content or version changed.
   *
   * @param contests what {@link SettleDeliveries#contests} made of {@code candidates}
   * @return one row a profile: all columns of {@link Profiles} but the run, and {@link
   *     #IS_REPLACEMENT}
   */
  public static Dataset<Row> profiles(Dataset<Row> candidates, Dataset<Row> contests) {
    return keyed(candidates, contests, Entries.PROFILE, Candidates.PROFILE_COLUMNS);
  }

  /** The same of campaign costs. */
  public static Dataset<Row> costs(Dataset<Row> candidates, Dataset<Row> contests) {
    return keyed(candidates, contests, Entries.COST, Candidates.COST_COLUMNS);
  }

  /** Stored profiles that no file holds any more: source and record_id. */
  public static Dataset<Row> goneProfiles(Dataset<Row> contests) {
    return gone(contests, Contests.OF_PROFILE);
  }

  /** The same of campaign costs. */
  public static Dataset<Row> goneCosts(Dataset<Row> contests) {
    return gone(contests, Contests.OF_COST);
  }

  private static Dataset<Row> gone(Dataset<Row> contests, String kind) {
    return of(contests, kind)
        .where(Contests.IS_GONE)
        .select(col(Contests.SOURCE).as(Profiles.SOURCE), col(Contests.ID).as(Profiles.RECORD_ID));
  }

  private static Dataset<Row> keyed(
      Dataset<Row> candidates, Dataset<Row> contests, Entries entries, List<String> names) {
    List<Column> columns = new ArrayList<>();
    names.forEach(name -> columns.add(col(name)));
    Origin.COLUMNS.forEach(name -> columns.add(col(name)));
    columns.add(col(Contests.STORED_HASH).isNotNull().as(IS_REPLACEMENT));
    return candidates
        .where(col(entries.candidate()).isNotNull())
        .select(delivery(entries.candidate()))
        .join(
            of(contests, entries.kind()),
            col(Profiles.SOURCE)
                .equalTo(col(Contests.SOURCE))
                .and(col(Profiles.RECORD_ID).equalTo(col(Contests.ID))),
            "left")
        .where(isWinner())
        .select(columns.toArray(Column[]::new));
  }

  /** Where a record stands, what it brings, and what it competes by. */
  private static Column[] delivery(String candidate) {
    return new Column[] {
      col(Candidates.PATH),
      col(Candidates.POSITION),
      col(candidate + ".*"),
      col(Candidates.RANK).as(Origin.RECORD_RANK),
      col(Candidates.FILE_DATE),
      col(Candidates.WRITTEN_AT).as(Origin.FILE_WRITTEN_AT),
      col(Candidates.PATH).as(Origin.FILE_PATH)
    };
  }

  private static Column kept(String stored) {
    return when(col(Contests.STORED_HASH).equalTo(col(Touchpoints.RECORD_HASH)), col(stored));
  }

  private static Column[] settled(Stream<String> names) {
    return names
        .map(
            name ->
                name.equals(Touchpoints.SEQUENCE)
                    ? coalesce(col(Contests.SETTLED_SEQUENCE), col(name)).as(name)
                    : col(name))
        .toArray(Column[]::new);
  }

  private static Column storedStands() {
    return col(Contests.WINNING_PATH).isNull().and(not(col(Contests.IS_GONE)));
  }

  private static Dataset<Row> of(Dataset<Row> contests, String kind) {
    return contests.where(col(Contests.KIND).equalTo(kind));
  }

  /** Whether a record joined with its contest, if there is one, is the one that stays. */
  static Column isWinner() {
    Column isIt =
        col(Contests.WINNING_PATH)
            .equalTo(col(Candidates.PATH))
            .and(col(Contests.WINNING_POSITION).equalTo(col(Candidates.POSITION)));
    return col(Contests.ID).isNull().or(coalesce(isIt, lit(false)));
  }
}
