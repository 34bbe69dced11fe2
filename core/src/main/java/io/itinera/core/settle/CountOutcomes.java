package io.itinera.core.settle;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Touchpoints;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Accounts for every record: accepted, duplicate or rejected. */
public final class CountOutcomes {

  /** Columns of {@link #counted}. */
  public static final StructType COUNTED =
      new StructType()
          .add(LoadedFiles.SOURCE, DataTypes.StringType)
          .add(LoadedFiles.PATH, DataTypes.StringType)
          .add(Deliveries.CHANNEL, DataTypes.StringType)
          .add(Deliveries.EVENT_DATE, DataTypes.DateType)
          .add(LoadedFiles.RECORDS_READ, DataTypes.LongType)
          .add(LoadedFiles.RECORDS_ACCEPTED, DataTypes.LongType)
          .add(LoadedFiles.RECORDS_DUPLICATE, DataTypes.LongType)
          .add(LoadedFiles.RECORDS_REJECTED, DataTypes.LongType)
          .add(Deliveries.RECORDS_FILTERED, DataTypes.LongType);

  private static final String OWNER = "_owner";
  private static final String ID = "_id";
  private static final String HASH = "_hash";
  private static final String IS_NEWS = "_is_news";

  private CountOutcomes() {}

  /**
   * Counts what became of the records. One is accepted if what it brings (touchpoint, profile, cost
   * or withdrawal) is new or changes what is stored, duplicate if all of it is known with the same
   * or a winning content.
   *
   * @param candidates rows of {@link Candidates}
   * @param contests what {@link SettleDeliveries#contests} made of them
   * @param sources rules of every source among them
   * @return source, path, channel, event_date, the four counts of {@link LoadedFiles} and how many
   *     were left out as their source says: but for the run, rows of {@link Deliveries}
   */
  public static Dataset<Row> counted(
      Dataset<Row> candidates, Dataset<Row> contests, List<SourceRules> sources) {
    Set<String> kinds = Candidates.kinds(sources);
    Dataset<Row> judged = narrow(candidates, kinds);
    for (String kind : kinds) {
      judged = judged(judged, contests, kind);
    }
    Column isRejected = col(Candidates.REASON).isNotNull();
    Column isNews =
        kinds.stream().map(kind -> col(kind + IS_NEWS)).reduce(Column::or).orElseThrow();
    return judged
        .groupBy(
            col(Candidates.SOURCE).as(LoadedFiles.SOURCE),
            col(Candidates.PATH).as(LoadedFiles.PATH),
            col(Candidates.CHANNEL).as(Deliveries.CHANNEL),
            col(Candidates.EVENT_DATE).as(Deliveries.EVENT_DATE))
        .agg(
            count(lit(1)).as(LoadedFiles.RECORDS_READ),
            count_if(not(isRejected).and(isNews)).as(LoadedFiles.RECORDS_ACCEPTED),
            count_if(not(isRejected).and(not(isNews))).as(LoadedFiles.RECORDS_DUPLICATE),
            count_if(isRejected).as(LoadedFiles.RECORDS_REJECTED),
            count_if(col(Candidates.REASON).equalTo(RejectionReason.FILTERED.text()))
                .as(Deliveries.RECORDS_FILTERED));
  }

  /**
   * As {@link #counted}, for records of which none is contested: each that is not rejected is
   * accepted.
   */
  public static List<Row> uncontested(List<RecordCount> counts) {
    Map<List<Object>, long[]> sums = new LinkedHashMap<>();
    for (RecordCount each : counts) {
      LocalDate day = each.day() == null ? null : LocalDate.ofEpochDay(each.day());
      List<Object> key = Arrays.asList(each.source(), each.path(), each.channel(), day);
      long[] sum = sums.computeIfAbsent(key, some -> new long[3]);
      boolean isFiltered = RejectionReason.FILTERED.text().equals(each.reason());
      sum[0] += each.reason() == null ? each.records() : 0;
      sum[1] += each.reason() == null ? 0 : each.records();
      sum[2] += isFiltered ? each.records() : 0;
    }
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (key, sum) ->
            rows.add(
                RowFactory.create(
                    key.get(0),
                    key.get(1),
                    key.get(2),
                    key.get(3) == null ? null : Date.valueOf((LocalDate) key.get(3)),
                    sum[0] + sum[1],
                    sum[0],
                    0L,
                    sum[1],
                    sum[2])));
    return rows;
  }

  /**
   * What all files hold, once some were read.
   *
   * @param before rows of {@link Deliveries}
   * @param read rows of {@link Deliveries}, of the files that were read now
   * @param replaced source and path of those files that stand for themselves: what they held before
   *     counts no more, while another's earlier writings count beside this one
   * @return rows of {@link Deliveries}
   */
  public static Dataset<Row> remembered(
      Dataset<Row> before, Dataset<Row> read, Dataset<Row> replaced) {
    String[] file = {Deliveries.SOURCE, Deliveries.PATH};
    Dataset<Row> staying = before.join(replaced, file, "left_anti");
    return Deliveries.TABLE.conform(
        Deliveries.TABLE
            .conform(staying)
            .union(Deliveries.TABLE.conform(read))
            .groupBy(Deliveries.SOURCE, Deliveries.PATH, Deliveries.CHANNEL, Deliveries.EVENT_DATE)
            .agg(
                max(Deliveries.RUN_ID).as(Deliveries.RUN_ID),
                sum(Deliveries.RECORDS_READ).as(Deliveries.RECORDS_READ),
                sum(Deliveries.RECORDS_ACCEPTED).as(Deliveries.RECORDS_ACCEPTED),
                sum(Deliveries.RECORDS_REJECTED).as(Deliveries.RECORDS_REJECTED),
                sum(Deliveries.RECORDS_FILTERED).as(Deliveries.RECORDS_FILTERED)));
  }

  /**
   * The account of each file.
   *
   * @param counted as {@link #counted} gives it
   * @return source, path and the four counts; no row for a file without records
   */
  public static Dataset<Row> perFile(Dataset<Row> counted) {
    return counted
        .groupBy(LoadedFiles.SOURCE, LoadedFiles.PATH)
        .agg(
            sum(LoadedFiles.RECORDS_READ).as(LoadedFiles.RECORDS_READ),
            sum(LoadedFiles.RECORDS_ACCEPTED).as(LoadedFiles.RECORDS_ACCEPTED),
            sum(LoadedFiles.RECORDS_DUPLICATE).as(LoadedFiles.RECORDS_DUPLICATE),
            sum(LoadedFiles.RECORDS_REJECTED).as(LoadedFiles.RECORDS_REJECTED));
  }

  private static Dataset<Row> narrow(Dataset<Row> candidates, Set<String> kinds) {
    List<Column> columns = new ArrayList<>();
    for (String name :
        List.of(
            Candidates.SOURCE,
            Candidates.PATH,
            Candidates.POSITION,
            Candidates.CHANNEL,
            Candidates.EVENT_DATE,
            Candidates.REASON)) {
      columns.add(col(name));
    }
    for (String kind : kinds) {
      boolean isKeyed = kind.equals(Candidates.PROFILE) || kind.equals(Candidates.COST);
      Column row = col(kind);
      columns.add(row.getField(Touchpoints.SOURCE).as(kind + OWNER));
      columns.add(
          row.getField(isKeyed ? Profiles.RECORD_ID : Touchpoints.TOUCHPOINT_ID).as(kind + ID));
      columns.add(row.getField(Touchpoints.RECORD_HASH).as(kind + HASH));
    }
    return candidates.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> judged(Dataset<Row> records, Dataset<Row> contests, String kind) {
    Column id = col(kind + ID);
    String contested = kind.equals(Candidates.TOMBSTONE) ? Contests.OF_TOUCHPOINT : kind;
    Dataset<Row> ofKind =
        contests
            .where(col(Contests.KIND).equalTo(contested))
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
        col(kind + OWNER).equalTo(col(Contests.SOURCE)).and(id.equalTo(col(Contests.ID)));
    return records
        .join(ofKind, isSameRecord, "left")
        .withColumn(kind + IS_NEWS, isNews)
        .drop(ofKind.columns());
  }
}
