package io.itinera.core.settle;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.Tombstones;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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
   * The withdrawals among the wanted records. Where they stand and by what they compete is all that
   * they say, so they need not be read.
   *
   * @param wanted what {@link #wanted} gave
   * @param stored touchpoint_id and record_id of what is stored or withdrawn
   * @param candidates schema of {@link Candidates}
   * @return rows of that schema, which bring nothing but {@link Candidates#TOMBSTONE}
   */
  public static Dataset<Row> withdrawals(
      Dataset<Row> wanted, Dataset<Row> stored, StructType candidates) {
    Dataset<Row> ids =
        stored.select(
            col(Tombstones.TOUCHPOINT_ID).as(WITNESS + Tombstones.TOUCHPOINT_ID),
            col(Tombstones.RECORD_ID).as(WITNESS + Tombstones.RECORD_ID));
    Column[] columns =
        Stream.of(candidates.fields()).map(Witnesses::remembered).toArray(Column[]::new);
    return wanted
        .where(col(RecordFiles.KIND).equalTo(Candidates.TOMBSTONE))
        .join(
            ids, col(RecordFiles.RECORD).equalTo(col(WITNESS + Tombstones.TOUCHPOINT_ID)), "inner")
        .select(columns);
  }

  private static Column remembered(StructField column) {
    Column value =
        switch (column.name()) {
          case Candidates.SOURCE -> col(RecordFiles.SOURCE);
          case Candidates.PATH -> col(RecordFiles.PATH);
          case Candidates.POSITION -> col(RecordFiles.POSITION);
          case Candidates.RANK -> col(RecordFiles.RECORD_RANK);
          case Candidates.FILE_DATE -> col(RecordFiles.FILE_DATE);
          case Candidates.WRITTEN_AT -> col(RecordFiles.FILE_WRITTEN_AT);
          case Candidates.TOMBSTONE -> tombstone((StructType) column.dataType());
          default -> lit(null).cast(column.dataType());
        };
    return value.as(column.name());
  }

  private static Column tombstone(StructType type) {
    return struct(Stream.of(type.fields()).map(Witnesses::ofTombstone).toArray(Column[]::new));
  }

  private static Column ofTombstone(StructField field) {
    Column value =
        switch (field.name()) {
          case Tombstones.TOUCHPOINT_ID -> col(RecordFiles.RECORD);
          case Tombstones.RECORD_ID -> col(WITNESS + Tombstones.RECORD_ID);
          case Tombstones.SOURCE -> col(RecordFiles.OWNER);
          case Tombstones.RECORD_VERSION -> col(RecordFiles.RECORD_VERSION);
          case Tombstones.RECORD_HASH -> col(RecordFiles.RECORD_HASH);
          default -> lit(null);
        };
    return value.cast(field.dataType()).as(field.name());
  }

  /**
   * The contests, where what is stored stands if its better is in one of {@code files}: those
   * cannot be read, so only what they withdraw is known.
   */
  public static Dataset<Row> withStoredInsteadOf(Dataset<Row> contests, Dataset<Row> files) {
    Dataset<Row> gone =
        files.select(col(RecordFiles.PATH).as(WITNESS + RecordFiles.PATH)).distinct();
    Column isMissing =
        col(Contests.IS_HELD)
            .and(not(col(Contests.IS_WITHDRAWN)))
            .and(coalesce(col(WITNESS + RecordFiles.PATH).isNotNull(), lit(false)));
    return contests
        .join(
            broadcast(gone),
            col(Contests.WINNING_PATH).equalTo(col(WITNESS + RecordFiles.PATH)),
            "left")
        .withColumn(Contests.WINNING_PATH, when(not(isMissing), col(Contests.WINNING_PATH)))
        .drop(WITNESS + RecordFiles.PATH);
  }
}
