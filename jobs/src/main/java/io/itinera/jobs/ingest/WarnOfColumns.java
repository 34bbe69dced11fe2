package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.format.LackingFile;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says which files lack columns that their sources need: one warning a file in {@link
 * QualityChecks}, and to whoever watches the night. What their records are rejected for follows.
 */
public final class WarnOfColumns {

  public static final String FILE = "file";
  public static final String RECORDS = "records";

  private static final String CHECK = "columns of %s, source %s";

  private WarnOfColumns() {}

  static void store(StageContext context, List<LackingFile> lacking) {
    if (lacking.isEmpty()) {
      return;
    }
    List<Row> warnings = new ArrayList<>();
    for (LackingFile file : lacking) {
      context.meter().note("Warning: " + file.sentence());
      QualityWarning warning =
          new QualityWarning(
              LoadedFiles.TABLE,
              CHECK.formatted(file.path(), file.source()),
              file.has(),
              file.lacks());
      warnings.add(warning.row(context.night().runId()));
    }
    context.lake().append(QualityChecks.TABLE, warnings);
  }

  /**
   * The files of rejected records that lack columns: there the reasons of the records say little.
   *
   * @param rejected rows of {@link RejectedRecords}
   * @return of each such file its name ({@link #FILE}), source, number of {@link #RECORDS} and, as
   *     in {@link QualityChecks}, the columns it has (observed) and lacks (expected); those that
   *     were read last come first
   */
  public static Dataset<Row> behind(Lake lake, Dataset<Row> rejected) {
    Column check = format_string(CHECK, col(RejectedRecords.PATH), col(RejectedRecords.SOURCE));
    Dataset<Row> files =
        rejected
            .where(col(RejectedRecords.REASON).notEqual(RejectionReason.FILTERED.text()))
            .groupBy(
                col(RejectedRecords.SOURCE),
                col(RejectedRecords.PATH),
                col(RejectedRecords.RUN_ID),
                check.as(QualityChecks.CHECK))
            .agg(count(lit(1)).as(RECORDS));
    return files
        .join(
            lake.read(QualityChecks.TABLE),
            new String[] {QualityChecks.RUN_ID, QualityChecks.CHECK},
            "inner")
        .orderBy(
            col(QualityChecks.RUN_ID).desc(),
            col(RejectedRecords.SOURCE),
            col(RejectedRecords.PATH))
        .select(
            element_at(split(col(RejectedRecords.PATH), "/"), -1).as(FILE),
            col(RejectedRecords.SOURCE),
            col(RECORDS),
            col(QualityChecks.OBSERVED),
            col(QualityChecks.EXPECTED));
  }
}
