package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Accounts for every record: accepted, duplicate or rejected. */
public final class CountOutcomes {

  /** Number of records with one reason. */
  public static final String RECORDS = "records";

  private static final String ID = "_id";
  private static final String HASH = "_hash";
  private static final String IS_NEWS = "_is_news";

  private CountOutcomes() {}

  /**
   * The account of each file. A record is accepted if its touchpoint or its profile is new or
   * changes what is stored, duplicate if both are known with the same or a winning content.
   *
   * @param candidates rows of {@link Candidates}
   * @param contests what {@link SettleDeliveries#contests} made of them
   * @return source, path and the four counts of {@link LoadedFiles}; no row for a file without
   *     records
   */
  public static Dataset<Row> perFile(Dataset<Row> candidates, Dataset<Row> contests) {
    Dataset<Row> touchpoints = judged(narrow(candidates), contests, Contests.TOUCHPOINT);
    Dataset<Row> both = judged(touchpoints, contests, Contests.PROFILE);
    Column isRejected = col(Candidates.REASON).isNotNull();
    Column isNews = col(Contests.TOUCHPOINT + IS_NEWS).or(col(Contests.PROFILE + IS_NEWS));
    return both.groupBy(
            col(Candidates.SOURCE).as(LoadedFiles.SOURCE),
            col(Candidates.PATH).as(LoadedFiles.PATH))
        .agg(
            count(lit(1)).as(LoadedFiles.RECORDS_READ),
            count_if(not(isRejected).and(isNews)).as(LoadedFiles.RECORDS_ACCEPTED),
            count_if(not(isRejected).and(not(isNews))).as(LoadedFiles.RECORDS_DUPLICATE),
            count_if(isRejected).as(LoadedFiles.RECORDS_REJECTED));
  }

  /** How many records of each source have each reason; a null reason is not rejected. */
  public static Dataset<Row> perReason(Dataset<Row> candidates) {
    return candidates.groupBy(Candidates.SOURCE, Candidates.REASON).agg(count(lit(1)).as(RECORDS));
  }

  private static Dataset<Row> narrow(Dataset<Row> candidates) {
    Column touchpoint = col(Candidates.TOUCHPOINT);
    Column profile = col(Candidates.PROFILE);
    return candidates.select(
        col(Candidates.SOURCE),
        col(Candidates.PATH),
        col(Candidates.POSITION),
        col(Candidates.REASON),
        touchpoint.getField(Touchpoints.TOUCHPOINT_ID).as(Contests.TOUCHPOINT + ID),
        touchpoint.getField(Touchpoints.RECORD_HASH).as(Contests.TOUCHPOINT + HASH),
        profile.getField(Profiles.RECORD_ID).as(Contests.PROFILE + ID),
        profile.getField(Profiles.RECORD_HASH).as(Contests.PROFILE + HASH));
  }

  private static Dataset<Row> judged(Dataset<Row> records, Dataset<Row> contests, String kind) {
    Column id = col(kind + ID);
    Dataset<Row> ofKind =
        contests
            .where(col(Contests.KIND).equalTo(kind))
            .select(
                Contests.SOURCE,
                Contests.ID,
                Contests.WINNING_PATH,
                Contests.WINNING_POSITION,
                Contests.STORED_HASH);
    // The same content under a later version replaces the row, but is no news.
    Column isKnown = coalesce(col(Contests.STORED_HASH).equalTo(col(kind + HASH)), lit(false));
    Column isNews =
        when(id.isNull(), false)
            .when(col(Contests.ID).isNull(), true)
            .otherwise(PickWinners.isWinner().and(not(isKnown)));
    Column isSameRecord =
        col(Candidates.SOURCE).equalTo(col(Contests.SOURCE)).and(id.equalTo(col(Contests.ID)));
    return records
        .join(ofKind, isSameRecord, "left")
        .withColumn(kind + IS_NEWS, isNews)
        .drop(ofKind.columns());
  }
}
