package io.itinera.jobs;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.raw.LackingFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Says which files lack columns that their sources need: one warning a file in {@link
 * QualityChecks}, and to whoever watches the night. What their records are rejected for follows.
 */
final class WarnOfColumns {

  private static final String WARNING = "warning";

  private WarnOfColumns() {}

  static void store(StageContext context, List<LackingFile> lacking) {
    if (lacking.isEmpty()) {
      return;
    }
    Lake lake = context.lake();
    List<Row> warnings = new ArrayList<>();
    for (LackingFile file : lacking) {
      context.meter().note("Warning: " + file.sentence());
      warnings.add(warning(context.night().runId(), file));
    }
    lake.append(
        QualityChecks.TABLE, lake.spark().createDataFrame(warnings, QualityChecks.TABLE.schema()));
  }

  private static Row warning(String runId, LackingFile file) {
    return RowFactory.create(
        runId,
        LoadedFiles.TABLE.name(),
        "columns of %s, source %s".formatted(file.path(), file.source()),
        false,
        file.has(),
        file.lacks(),
        WARNING);
  }
}
