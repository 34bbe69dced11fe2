package io.itinera.core.settle;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.source.DeliveryRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says which file holds which record. */
public final class IndexRecords {

  private static final String CURRENT = "current_";

  private IndexRecords() {}

  /**
   * What files hold.
   *
   * @param candidates rows of {@link Candidates}
   * @param sources rules of every source that brings any of them
   * @return rows of {@link RecordFiles} but the run, one for each record and what it brings; none
   *     for rejected records
   */
  public static Dataset<Row> rows(Dataset<Row> candidates, List<SourceRules> sources) {
    return Candidates.kinds(sources).stream()
        .map(kind -> rows(candidates, Entries.of(kind)))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> rows(Dataset<Row> candidates, Entries entry) {
    Column brought = col(entry.candidate());
    Column day =
        entry == Entries.TOUCHPOINT
            ? brought.getField(Touchpoints.EVENT_DATE)
            : lit(null).cast("date");
    return candidates
        .where(brought.isNotNull())
        .select(
            col(Candidates.SOURCE).as(RecordFiles.SOURCE),
            col(Candidates.PATH).as(RecordFiles.PATH),
            lit(entry.candidate()).as(RecordFiles.KIND),
            brought.getField(Touchpoints.SOURCE).as(RecordFiles.OWNER),
            brought.getField(entry.id()).as(RecordFiles.RECORD),
            col(Candidates.POSITION).as(RecordFiles.POSITION),
            day.as(RecordFiles.EVENT_DATE),
            col(Candidates.RANK).as(RecordFiles.RECORD_RANK),
            brought.getField(Touchpoints.RECORD_VERSION).as(RecordFiles.RECORD_VERSION),
            brought.getField(Touchpoints.RECORD_HASH).as(RecordFiles.RECORD_HASH),
            col(Candidates.FILE_DATE).as(RecordFiles.FILE_DATE),
            col(Candidates.WRITTEN_AT).as(RecordFiles.FILE_WRITTEN_AT));
  }

  /**
   * What files hold as they were last read. Of a source whose rewritten files add, what they held
   * before counts as well.
   *
   * @param index rows of {@link RecordFiles}
   * @param loaded rows of {@link LoadedFiles}
   * @param sources all configured sources
   * @return rows of {@code index}
   */
  public static Dataset<Row> current(
      Dataset<Row> index, Dataset<Row> loaded, List<SourceRules> sources) {
    Object[] adding =
        sources.stream()
            .filter(s -> s.deliveries().rewritten() == DeliveryRules.Rewritten.ADDS)
            .map(SourceRules::name)
            .toArray();
    Dataset<Row> last =
        loaded.select(
            col(LoadedFiles.SOURCE).as(CURRENT + LoadedFiles.SOURCE),
            col(LoadedFiles.PATH).as(CURRENT + LoadedFiles.PATH),
            col(LoadedFiles.RUN_ID).as(CURRENT + LoadedFiles.RUN_ID));
    Column isLast =
        when(col(RecordFiles.SOURCE).isin(adding), lit(true))
            .otherwise(col(RecordFiles.RUN_ID).equalTo(col(CURRENT + LoadedFiles.RUN_ID)));
    return index.join(
        last,
        col(RecordFiles.SOURCE)
            .equalTo(col(CURRENT + LoadedFiles.SOURCE))
            .and(col(RecordFiles.PATH).equalTo(col(CURRENT + LoadedFiles.PATH)))
            .and(isLast),
        "left_semi");
  }

  /**
   * The rows of {@code index} that tell of given files, or of none of them.
   *
   * @param files columns {@link RecordFiles#SOURCE} and {@link RecordFiles#PATH}, few rows
   * @param areTheirs {@code left_semi} for those of the files, {@code left_anti} for all others
   */
  static Dataset<Row> of(Dataset<Row> index, Dataset<Row> files, String areTheirs) {
    Dataset<Row> wanted =
        files.select(
            col(RecordFiles.SOURCE).as(CURRENT + RecordFiles.SOURCE),
            col(RecordFiles.PATH).as(CURRENT + RecordFiles.PATH));
    return index.join(
        broadcast(wanted),
        col(RecordFiles.SOURCE)
            .equalTo(col(CURRENT + RecordFiles.SOURCE))
            .and(col(RecordFiles.PATH).equalTo(col(CURRENT + RecordFiles.PATH))),
        areTheirs);
  }
}
