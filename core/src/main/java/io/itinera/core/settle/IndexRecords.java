package io.itinera.core.settle;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.DeliveryRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.RecordFiles;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says which of the rows count that tell which file holds which record. */
public final class IndexRecords {

  private static final String CURRENT = "current_";

  private IndexRecords() {}

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
