package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_millis;

import io.itinera.core.table.LoadedFiles;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.ingest.Arrivals.Delivered;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.read.RawFiles.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which of the files that are there now are not as they were loaded. The files of years past are
 * compared where they lie, unless they are few: only what is new tonight comes to the driver, so
 * its memory need not grow with history.
 *
 * @param known the new and the changed files, and whether they were loaded before
 */
record NewsOfFiles(Map<Delivered, Boolean> known) {

  private static final String SOURCE = "listed_source";
  private static final String PATH = "listed_path";
  private static final String SIZE = "listed_size";
  private static final String MILLIS = "listed_millis";

  private static final StructType LISTED =
      new StructType()
          .add(SOURCE, DataTypes.StringType)
          .add(PATH, DataTypes.StringType)
          .add(SIZE, DataTypes.LongType)
          .add(MILLIS, DataTypes.LongType);

  /** Compares all listed files with {@link LoadedFiles}, at most in one query for all sources. */
  static NewsOfFiles among(Lake lake, List<Listing> listings) {
    List<Row> listed = new ArrayList<>();
    for (Listing listing : listings) {
      for (RawFile file : listing.files()) {
        listed.add(
            RowFactory.create(
                listing.source().name(),
                file.path(),
                file.sizeBytes(),
                file.modifiedAt().toEpochMilli()));
      }
    }
    if (listed.isEmpty()) {
      return new NewsOfFiles(Map.of());
    }
    return lake.fewRows(
            LoadedFiles.TABLE,
            LoadedFiles.SOURCE,
            LoadedFiles.PATH,
            LoadedFiles.SIZE_BYTES,
            LoadedFiles.MODIFIED_AT)
        .map(loaded -> different(listed, loaded))
        .orElseGet(
            () -> {
              Map<Delivered, Boolean> known = new HashMap<>();
              different(lake, lake.spark().createDataFrame(listed, LISTED))
                  .collectAsList()
                  .forEach(row -> known.put(delivered(row), row.getBoolean(2)));
              return new NewsOfFiles(known);
            });
  }

  /** The same comparison for a short history: here, without a query. */
  private static NewsOfFiles different(List<Row> listed, List<Row> loaded) {
    Map<Delivered, Row> before = new HashMap<>();
    loaded.forEach(row -> before.put(delivered(row), row));
    Map<Delivered, Boolean> known = new HashMap<>();
    for (Row file : listed) {
      Row last = before.get(delivered(file));
      if (last == null || !isUnchanged(file, last)) {
        known.put(delivered(file), last != null);
      }
    }
    return new NewsOfFiles(known);
  }

  private static boolean isUnchanged(Row file, Row loaded) {
    return !loaded.isNullAt(2)
        && !loaded.isNullAt(3)
        && file.getLong(2) == loaded.getLong(2)
        && file.getLong(3) == loaded.getTimestamp(3).toInstant().toEpochMilli();
  }

  /** Whether the file is new, or was changed since it was loaded. */
  boolean isNews(Delivered file) {
    return known.containsKey(file);
  }

  /** Whether one of its name was loaded before. */
  boolean wasLoaded(Delivered file) {
    return known.getOrDefault(file, true);
  }

  /** Another size or time makes a file another one. */
  private static Dataset<Row> different(Lake lake, Dataset<Row> listed) {
    Column isSameName =
        col(SOURCE).equalTo(col(LoadedFiles.SOURCE)).and(col(PATH).equalTo(col(LoadedFiles.PATH)));
    Column isUnchanged =
        col(SIZE)
            .equalTo(col(LoadedFiles.SIZE_BYTES))
            .and(col(MILLIS).equalTo(unix_millis(col(LoadedFiles.MODIFIED_AT))));
    return listed
        .join(lake.read(LoadedFiles.TABLE), isSameName, "left")
        .where(not(coalesce(isUnchanged, lit(false))))
        .select(col(SOURCE), col(PATH), col(LoadedFiles.PATH).isNotNull());
  }

  private static Delivered delivered(Row row) {
    return new Delivered(row.getString(0), row.getString(1));
  }
}
