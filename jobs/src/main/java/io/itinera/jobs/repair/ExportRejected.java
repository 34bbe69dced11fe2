package io.itinera.jobs.repair;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.jobs.format.RejectedFile;
import io.itinera.jobs.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes the rejected records of a source into files that, once repaired, load exactly these.
 *
 * <p>Only what the last run that read a file rejected in it: a file that came again has replaced
 * what was wrong with it before.
 */
public final class ExportRejected {

  private static final String LOADED_RUN = "loaded_run_id";
  private static final String SIZE = LoadedFiles.SIZE_BYTES;
  private static final String MODIFIED_AT = LoadedFiles.MODIFIED_AT;
  private static final long CHARACTERS_PER_PARTITION = 8L << 20;
  private static final long RECORDS_PER_PARTITION = 100_000;

  private final SourceRules source;
  private final Configuration hadoop;
  private final Path folder;
  private final Map<Path, Long> written = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ExportRejected(SourceRules source, Configuration hadoop, Path folder) {
    this.source = source;
    this.hadoop = hadoop;
    this.folder = folder;
  }

  /**
   * What was exported.
   *
   * @param files each file with the number of its records
   * @param problems why records of some files were not, a sentence each
   * @param replaced records left out, because their file was loaded again later
   * @param textless records left out, because they have no text
   */
  public record Export(
      Map<Path, Long> files, List<String> problems, long replaced, long textless) {}

  /**
   * Exports to {@code folder}, in the folders below it that the files have below the source's path.
   *
   * @param reasons of the records to export
   */
  public static Export run(Lake lake, SourceRules source, List<String> reasons, Path folder)
      throws IOException {
    Dataset<Row> rejected = withFiles(lake, source, reasons);
    Column isReplaced = col(LOADED_RUN).isNull();
    Column isTextless = col(RejectedRecords.RECORD).isNull();
    Row sums =
        rejected
            .agg(
                count_if(isReplaced),
                count_if(col(LOADED_RUN).isNotNull().and(isTextless)),
                count(lit(1)),
                coalesce(sum(length(col(RejectedRecords.RECORD))), lit(0L)))
            .head();
    long partitions =
        1 + sums.getLong(2) / RECORDS_PER_PARTITION + sums.getLong(3) / CHARACTERS_PER_PARTITION;
    Column[] order = {
      col(RejectedRecords.PATH), col(RejectedRecords.RUN_ID), col(RejectedRecords.POSITION)
    };
    // Little parts in order, of which the driver holds one at a time.
    Iterator<Row> rows =
        rejected
            .where(col(LOADED_RUN).isNotNull().and(col(RejectedRecords.RECORD).isNotNull()))
            .repartitionByRange((int) partitions, order)
            .sortWithinPartitions(order)
            .toLocalIterator();
    ExportRejected export =
        new ExportRejected(source, lake.spark().sessionState().newHadoopConf(), folder);
    export.write(rows);
    return new Export(export.written, export.problems, sums.getLong(0), sums.getLong(1));
  }

  private static Dataset<Row> withFiles(Lake lake, SourceRules source, List<String> reasons) {
    Dataset<Row> loaded =
        lake.read(LoadedFiles.TABLE)
            .where(col(LoadedFiles.SOURCE).equalTo(source.name()))
            .select(
                col(LoadedFiles.PATH).as("loaded_path"),
                col(LoadedFiles.RUN_ID).as(LOADED_RUN),
                col(SIZE),
                col(MODIFIED_AT));
    return lake.read(RejectedRecords.TABLE)
        .where(col(RejectedRecords.SOURCE).equalTo(source.name()))
        .where(col(RejectedRecords.REASON).isin(reasons.toArray()))
        .withColumn(RejectedRecords.POSITION, coalesce(col(RejectedRecords.POSITION), lit(0L)))
        .join(
            loaded,
            col(RejectedRecords.PATH)
                .equalTo(col("loaded_path"))
                .and(col(RejectedRecords.RUN_ID).equalTo(col(LOADED_RUN))),
            "left")
        .select(
            col(RejectedRecords.PATH),
            col(RejectedRecords.RUN_ID),
            col(RejectedRecords.POSITION),
            col(RejectedRecords.RECORD),
            col(LOADED_RUN),
            col(SIZE),
            col(MODIFIED_AT));
  }

  private void write(Iterator<Row> rows) throws IOException {
    Row ahead = rows.hasNext() ? rows.next() : null;
    while (ahead != null) {
      ahead = writeFile(ahead, rows);
    }
  }

  /** Writes the records of one file, and returns the first of the next. */
  private Row writeFile(Row first, Iterator<Row> rows) throws IOException {
    Row row = first;
    long last = -1;
    try (RejectedFile file = create(first)) {
      while (row != null && row.getString(0).equals(first.getString(0))) {
        long position = place(row.getLong(2));
        // The parts of a record were rejected one by one, but it can only come as a whole.
        if (file != null && (position != last || position == 0)) {
          file.add(position, row.getString(3));
        }
        last = position;
        row = rows.hasNext() ? rows.next() : null;
      }
      if (file != null) {
        file.finish();
        written.put(file.target(), file.records());
      }
    }
    return row;
  }

  private RejectedFile create(Row row) {
    String path = row.getString(0);
    Instant modifiedAt = row.getTimestamp(6).toInstant();
    RejectedFile.Origin origin =
        new RejectedFile.Origin(path, row.getLong(5), modifiedAt, row.getString(1));
    try {
      return RejectedFile.create(hadoop, source, origin, folder.resolve(below(path)));
    } catch (IOException e) {
      problems.add("Not exported: the records of %s. %s.".formatted(path, e.getMessage()));
      return null;
    }
  }

  private long place(long position) {
    return source.files().explode().isPresent() ? position >> RawRecords.POSITION_BITS : position;
  }

  /** The folders between the last that the source's path names plainly, and the file. */
  private String below(String file) throws IOException {
    String plain = source.path().replaceAll("[*?\\[{].*", "");
    org.apache.hadoop.fs.Path named = new org.apache.hadoop.fs.Path(source.path());
    org.apache.hadoop.fs.Path base =
        plain.equals(source.path())
            ? named
            : new org.apache.hadoop.fs.Path(plain + "x").getParent();
    String start = named.getFileSystem(hadoop).makeQualified(base).toUri().getPath() + "/";
    String parent = new org.apache.hadoop.fs.Path(file).getParent().toUri().getPath();
    return parent.startsWith(start) ? parent.substring(start.length()) : "";
  }
}
