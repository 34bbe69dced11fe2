package io.itinera.jobs.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A table as it was at one of its versions: columns, properties and files, read when asked for. */
final class TableVersion {

  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";

  private final Engine engine;
  private final Snapshot snapshot;
  private List<StoredFile> files;

  TableVersion(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  long number() {
    return snapshot.getVersion();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** The stored columns, in stored order. */
  StructType schema() {
    return (StructType) DataType.fromJson(snapshot.getMetadata().getSchemaString());
  }

  List<String> partitionColumns() {
    return snapshot.getPartitionColumnNames();
  }

  Map<String, String> properties() {
    return snapshot.getTableProperties();
  }

  /** All files of the table. */
  synchronized List<StoredFile> files() {
    if (files == null) {
      files = listed();
    }
    return files;
  }

  /** How many rows it has; none where a file's entry does not say. */
  OptionalLong rows() {
    List<Optional<Long>> counts =
        files().stream().map(file -> file.entry().getNumRecords()).toList();
    return counts.stream().allMatch(Optional::isPresent)
        ? OptionalLong.of(counts.stream().mapToLong(Optional::orElseThrow).sum())
        : OptionalLong.empty();
  }

  /** The files whose partition values {@code isMeant} lets through. */
  List<StoredFile> files(Predicate<Map<String, String>> isMeant) {
    return files().stream().filter(file -> isMeant.test(file.partition())).toList();
  }

  /**
   * Whether its files hold just its rows, under the names of its columns. Somebody may have turned
   * on deletion vectors or column mapping.
   */
  boolean isPlain() {
    boolean isMapped = !properties().getOrDefault(COLUMN_MAPPING, "none").equals("none");
    return !isMapped
        && files().stream().allMatch(file -> file.entry().getDeletionVector().isEmpty());
  }

  /** Whether {@code other} is the same table with the same columns and properties. */
  boolean differsOnlyInFilesFrom(TableVersion other) {
    return isPlain()
        && other.isPlain()
        && snapshot.getMetadata().equals(other.snapshot.getMetadata())
        && snapshot.getProtocol().equals(other.snapshot.getProtocol());
  }

  private List<StoredFile> listed() {
    List<StoredFile> found = new ArrayList<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    // Only the inner class hands out the statistics, not the interface.
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        add(found, batches.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of " + snapshot.getPath(), e);
    }
    return List.copyOf(found);
  }

  private static void add(List<StoredFile> found, FilteredColumnarBatch batch) throws IOException {
    try (CloseableIterator<Row> rows = batch.getRows()) {
      while (rows.hasNext()) {
        found.add(StoredFile.of(rows.next()));
      }
    }
  }
}
