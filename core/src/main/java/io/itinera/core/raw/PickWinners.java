package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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

  private PickWinners() {}

  /**
   * Touchpoints that are new, or whose content, version or sequence changed.
   *
   * @param contests what {@link SettleDeliveries#contests} made of {@code candidates}
   * @param stored the stored touchpoints that it was given
   * @return one row a touchpoint: {@link Candidates#TOUCHPOINT_COLUMNS} and {@link #REPLACED_DATE}
   */
  public static Dataset<Row> touchpoints(
      Dataset<Row> candidates, Dataset<Row> contests, Dataset<Row> stored) {
    Dataset<Row> delivered =
        candidates
            .where(col(Candidates.TOUCHPOINT).isNotNull())
            .select(Candidates.PATH, Candidates.POSITION, Candidates.TOUCHPOINT + ".*");
    Dataset<Row> winners =
        delivered
            .join(
                of(contests, Contests.TOUCHPOINT),
                col(Touchpoints.TOUCHPOINT_ID).equalTo(col(Contests.ID)),
                "left")
            .where(isWinner());
    Dataset<Row> moved =
        stored.join(
            of(contests, Contests.TOUCHPOINT)
                .where(col(Contests.WINNING_PATH).isNull())
                .where(col(Contests.SETTLED_SEQUENCE).lt(col(Contests.STORED_SEQUENCE))),
            col(Touchpoints.TOUCHPOINT_ID).equalTo(col(Contests.ID)),
            "inner");
    return winners.select(settledColumns()).union(moved.select(settledColumns()));
  }

  /**
   * Stored touchpoints that a delivery withdraws.
   *
   * @return touchpoint_id, and under which {@link #REPLACED_DATE day} it is stored
   */
  public static Dataset<Row> withdrawn(Dataset<Row> contests) {
    return of(contests, Contests.TOUCHPOINT)
        .where(col(Contests.IS_WITHDRAWN).and(col(Contests.STORED_DATE).isNotNull()))
        .select(
            col(Contests.ID).as(Touchpoints.TOUCHPOINT_ID),
            col(Contests.STORED_DATE).as(REPLACED_DATE));
  }

  /**
   * Withdrawals that are new, or whose touchpoint was delivered at an earlier place than known.
   *
   * @param stored rows of {@link Tombstones}
   * @return {@link Candidates#TOMBSTONE_COLUMNS}
   */
  public static Dataset<Row> tombstones(
      Dataset<Row> candidates, Dataset<Row> contests, Dataset<Row> stored) {
    Dataset<Row> ofTouchpoints = of(contests, Contests.TOUCHPOINT);
    Column isSame = col(Tombstones.TOUCHPOINT_ID).equalTo(col(Contests.ID));
    Dataset<Row> coming =
        candidates
            .where(col(Candidates.TOMBSTONE).isNotNull())
            .select(Candidates.PATH, Candidates.POSITION, Candidates.TOMBSTONE + ".*")
            .join(ofTouchpoints, isSame, "left")
            .where(isWinner());
    Column isEarlier =
        col(Contests.SETTLED_SEQUENCE)
            .lt(coalesce(col(Contests.STORED_SEQUENCE), lit(Long.MAX_VALUE)));
    Dataset<Row> moved =
        stored
            .join(ofTouchpoints.where(col(Contests.WINNING_PATH).isNull()), isSame, "inner")
            .where(isEarlier);
    Column[] columns =
        Candidates.TOMBSTONE_COLUMNS.stream()
            .map(
                name ->
                    name.equals(Tombstones.SEQUENCE)
                        ? coalesce(col(Contests.SETTLED_SEQUENCE), col(name)).as(name)
                        : col(name))
            .toArray(Column[]::new);
    return coming.select(columns).union(moved.select(columns));
  }

  /** Stored withdrawals that a later version of their touchpoint overrules: touchpoint_id. */
  public static Dataset<Row> overruledTombstones(Dataset<Row> contests) {
    return of(contests, Contests.TOUCHPOINT)
        .where(col(Contests.WAS_WITHDRAWN).and(col(Contests.WINNING_PATH).isNotNull()))
        .select(col(Contests.ID).as(Tombstones.TOUCHPOINT_ID));
  }

  /**
   * Profiles that are new, or whose content or version changed.
   *
   * @param contests what {@link SettleDeliveries#contests} made of {@code candidates}
   * @return one row a profile: {@link Candidates#PROFILE_COLUMNS} and {@link #IS_REPLACEMENT}
   */
  public static Dataset<Row> profiles(Dataset<Row> candidates, Dataset<Row> contests) {
    return keyed(
        candidates, contests, Candidates.PROFILE, Contests.PROFILE, Candidates.PROFILE_COLUMNS);
  }

  /** The same of campaign costs: {@link Candidates#COST_COLUMNS} and {@link #IS_REPLACEMENT}. */
  public static Dataset<Row> costs(Dataset<Row> candidates, Dataset<Row> contests) {
    return keyed(candidates, contests, Candidates.COST, Contests.COST, Candidates.COST_COLUMNS);
  }

  private static Dataset<Row> keyed(
      Dataset<Row> candidates,
      Dataset<Row> contests,
      String candidate,
      String kind,
      List<String> names) {
    Column[] columns =
        Stream.concat(
                names.stream().map(name -> col(name)),
                Stream.of(col(Contests.STORED_HASH).isNotNull().as(IS_REPLACEMENT)))
            .toArray(Column[]::new);
    return candidates
        .where(col(candidate).isNotNull())
        .select(Candidates.PATH, Candidates.POSITION, candidate + ".*")
        .join(
            of(contests, kind),
            col(Profiles.SOURCE)
                .equalTo(col(Contests.SOURCE))
                .and(col(Profiles.RECORD_ID).equalTo(col(Contests.ID))),
            "left")
        .where(isWinner())
        .select(columns);
  }

  private static Column[] settledColumns() {
    List<Column> columns = new ArrayList<>();
    for (String name : Candidates.TOUCHPOINT_COLUMNS) {
      columns.add(
          name.equals(Touchpoints.SEQUENCE)
              ? coalesce(col(Contests.SETTLED_SEQUENCE), col(name)).as(name)
              : col(name));
    }
    columns.add(col(Contests.STORED_DATE).as(REPLACED_DATE));
    return columns.toArray(Column[]::new);
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
