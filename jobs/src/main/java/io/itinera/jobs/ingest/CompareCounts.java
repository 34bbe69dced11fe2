package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.jobs.files.ManifestEntry;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Compares how many records the night's files had with what their manifests say. A difference is a
 * warning in {@link QualityChecks}: which of the two is right, nobody here can know.
 */
final class CompareCounts {

  private CompareCounts() {}

  /** Looks at the accounts of the files that this run loaded. */
  static void store(StageContext context, Arrivals arrivals) {
    Map<List<String>, ManifestEntry> said = said(arrivals);
    if (said.isEmpty()) {
      return;
    }
    Lake lake = context.lake();
    String runId = context.night().runId();
    List<Row> differences = new ArrayList<>();
    lake.read(LoadedFiles.TABLE)
        .where(col(LoadedFiles.RUN_ID).equalTo(runId))
        .select(LoadedFiles.SOURCE, LoadedFiles.PATH, LoadedFiles.RECORDS_READ)
        .toLocalIterator()
        .forEachRemaining(
            row -> {
              ManifestEntry entry = said.get(List.of(row.getString(0), row.getString(1)));
              if (entry != null && entry.records() != row.getLong(2)) {
                differences.add(difference(row, entry).row(runId));
              }
            });
    if (!differences.isEmpty()) {
      lake.append(QualityChecks.TABLE, differences);
    }
  }

  /** By source and path; not of sources that make several records of one. */
  private static Map<List<String>, ManifestEntry> said(Arrivals arrivals) {
    Map<List<String>, ManifestEntry> said = new HashMap<>();
    arrivals
        .files()
        .forEach(
            (source, files) -> {
              for (RawFile file : files) {
                boolean isCounted =
                    file.said() != null && file.said().records() != ManifestEntry.UNSAID;
                if (isCounted && source.files().explode().isEmpty()) {
                  said.put(List.of(source.name(), file.path()), file.said());
                }
              }
            });
    return said;
  }

  private static QualityWarning difference(Row account, ManifestEntry entry) {
    return new QualityWarning(
        LoadedFiles.TABLE,
        "records of %s, source %s, as %s says"
            .formatted(account.getString(1), account.getString(0), entry.manifest()),
        String.valueOf(account.getLong(2)),
        String.valueOf(entry.records()));
  }
}
