package io.itinera.core.raw;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.RecordFiles;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records in files that are not among a night's, but win since another file was written anew. What
 * they say is read from there once more.
 */
public final class Witnesses {

  private static final String WITNESS = "witness_";

  private static final Set<String> BROUGHT =
      Set.of(Candidates.TOUCHPOINT, Candidates.TOMBSTONE, Candidates.PROFILE, Candidates.COST);

  private Witnesses() {}

  /**
   * The records to read again.
   *
   * @param contests what {@link SettleDeliveries#contests} made of restated records
   * @param others rows of {@link RecordFiles}: where these records are
   * @return rows of {@code others}
   */
  public static Dataset<Row> wanted(Dataset<Row> contests, Dataset<Row> others) {
    Column isIt =
        Entries.kindOf(col(RecordFiles.KIND))
            .equalTo(col(Contests.KIND))
            .and(col(RecordFiles.OWNER).equalTo(col(Contests.SOURCE)))
            .and(col(RecordFiles.RECORD).equalTo(col(Contests.ID)))
            .and(col(RecordFiles.PATH).equalTo(col(Contests.WINNING_PATH)))
            .and(col(RecordFiles.POSITION).equalTo(col(Contests.WINNING_POSITION)));
    return others.join(contests.where(Contests.IS_HELD), isIt, "left_semi");
  }

  /**
   * The wanted records among all of their files, with nothing of what else they bring.
   *
   * @param candidates rows of {@link Candidates}
   * @param wanted what {@link #wanted} gave
   * @return rows of {@code candidates}
   */
  public static Dataset<Row> among(Dataset<Row> candidates, Dataset<Row> wanted) {
    Dataset<Row> places =
        wanted
            .groupBy(
                col(RecordFiles.SOURCE).as(WITNESS + RecordFiles.SOURCE),
                col(RecordFiles.PATH).as(WITNESS + RecordFiles.PATH),
                col(RecordFiles.POSITION).as(WITNESS + RecordFiles.POSITION))
            .agg(collect_set(col(RecordFiles.KIND)).as(WITNESS + RecordFiles.KIND));
    Column isIt =
        col(Candidates.SOURCE)
            .equalTo(col(WITNESS + RecordFiles.SOURCE))
            .and(col(Candidates.PATH).equalTo(col(WITNESS + RecordFiles.PATH)))
            .and(col(Candidates.POSITION).equalTo(col(WITNESS + RecordFiles.POSITION)));
    Column[] columns =
        Stream.of(candidates.columns())
            .map(name -> BROUGHT.contains(name) ? ifWanted(name) : col(name))
            .toArray(Column[]::new);
    return candidates.join(places, isIt, "inner").select(columns);
  }

  private static Column ifWanted(String kind) {
    return when(array_contains(col(WITNESS + RecordFiles.KIND), kind), col(kind)).as(kind);
  }

  /**
   * The contests, where what is stored stands if its better is in one of {@code files}: those
   * cannot be read.
   */
  public static Dataset<Row> withStoredInsteadOf(Dataset<Row> contests, Dataset<Row> files) {
    Dataset<Row> gone =
        files.select(col(RecordFiles.PATH).as(WITNESS + RecordFiles.PATH)).distinct();
    Column isMissing =
        col(Contests.IS_HELD)
            .and(coalesce(col(WITNESS + RecordFiles.PATH).isNotNull(), lit(false)));
    return contests
        .join(
            broadcast(gone),
            col(Contests.WINNING_PATH).equalTo(col(WITNESS + RecordFiles.PATH)),
            "left")
        .withColumn(Contests.WINNING_PATH, when(not(isMissing), col(Contests.WINNING_PATH)))
        .withColumn(Contests.IS_WITHDRAWN, col(Contests.IS_WITHDRAWN).and(not(isMissing)))
        .drop(WITNESS + RecordFiles.PATH);
  }
}
