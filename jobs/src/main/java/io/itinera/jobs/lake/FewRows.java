package io.itinera.jobs.lake;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.itinera.core.spark.HadoopDefaults;
import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import scala.Function0;

/**
 * Rows of files that are read and written here, by Delta's own library: for a handful of rows Spark
 * would plan, compile and schedule a job.
 */
final class FewRows {

  /** So much is read in less time than a job takes to start. */
  private static final long MOST_BYTES = 8L << 20;

  private static final int MOST_FILES = 500;

  private static final long CRUMB_BYTES = 256L << 10;
  private static final int MOST_CRUMBS = 32;

  private final Engine engine;
  private final String folder;
  private final TableVersion version;
  private final AtomicLong bytesRead;

  /**
   * @param folder of the table
   * @param bytesRead counts what is read
   */
  FewRows(Engine engine, String folder, TableVersion version, AtomicLong bytesRead) {
    this.bytesRead = bytesRead;
    this.engine = engine;
    this.folder = folder;
    this.version = version;
  }

  /** The stored columns of those names; none if one of them cannot be read here. */
  private Optional<StructType> columns(List<String> names) {
    return version.partitionColumns().isEmpty() ? stored(names) : Optional.empty();
  }

  private Optional<StructType> stored(List<String> names) {
    StructType stored = version.snapshot().getSchema();
    if (!version.isPlain() || !stored.fieldNames().containsAll(names)) {
      return Optional.empty();
    }
    StructType columns = new StructType(names.stream().map(stored::get).toList());
    return KernelRows.canTell(columns) ? Optional.of(columns) : Optional.empty();
  }

  /**
   * All rows in the columns {@code names}; none if they are better read by Spark, because they are
   * many or of other types.
   */
  Optional<List<Row>> read(List<String> names) {
    List<StoredFile> files = version.files();
    boolean areFew =
        files.size() <= MOST_FILES
            && files.stream().mapToLong(file -> file.status().getLen()).sum() <= MOST_BYTES;
    return areFew ? columns(names).map(columns -> read(files, columns)) : Optional.empty();
  }

  private List<Row> read(List<StoredFile> files, StructType columns) {
    List<Row> rows = new ArrayList<>();
    if (files.isEmpty()) {
      return rows;
    }
    List<FileStatus> statuses = files.stream().map(FewRows::status).toList();
    // As Spark counts what its tasks read.
    Function0<Object> bytesSoFar = SparkHadoopUtil.get().getFSBytesReadOnThreadCallback();
    try (CloseableIterator<FileReadResult> batches =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.toCloseableIterator(statuses.iterator()), columns, Optional.empty())) {
      while (batches.hasNext()) {
        rows.addAll(KernelRows.toSpark(batches.next().getData()));
      }
      bytesRead.addAndGet((Long) bytesSoFar.apply());
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read files of " + folder, e);
    }
  }

  private static FileStatus status(StoredFile file) {
    var status = file.status();
    return FileStatus.of(
        status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  /**
   * Files that are so small, and so many, that their rows are better written anew with the next
   * ones. Not of a table that somebody gave more columns than it promises.
   */
  List<StoredFile> crumbs(Table table) {
    List<String> promised = List.of(table.schema().fieldNames());
    if (columns(promised).isEmpty() || version.snapshot().getSchema().length() != promised.size()) {
      return List.of();
    }
    List<StoredFile> small =
        version.files().stream().filter(file -> file.status().getLen() < CRUMB_BYTES).toList();
    return small.size() < MOST_CRUMBS ? List.of() : small;
  }

  /** All rows of some of the files, with all columns of {@code table}. */
  List<Row> rowsOf(List<StoredFile> files, Table table) {
    return files.isEmpty()
        ? List.of()
        : read(files, columns(List.of(table.schema().fieldNames())).orElseThrow());
  }

  /**
   * Writes {@code rows} into the table's folder, a file for each of its partitions; none if Spark
   * must do that.
   *
   * @param rows values of the columns of {@code table}, in their order
   */
  Optional<List<NewFile>> write(Table table, List<Row> rows) {
    requireFilled(table, rows);
    if (rows.isEmpty()) {
      return Optional.of(List.of());
    }
    if (!table.partitions().equals(version.partitionColumns()) || !areDates(table)) {
      return Optional.empty();
    }
    List<String> inFiles = new ArrayList<>(List.of(table.schema().fieldNames()));
    inFiles.removeAll(table.partitions());
    return stored(inFiles)
        .map(
            columns ->
                parted(table, rows).entrySet().stream()
                    .map(part -> write(columns, part.getKey(), narrowed(table, part.getValue())))
                    .toList());
  }

  /** Other values would have to be written into folders' names with care. */
  private static boolean areDates(Table table) {
    return table.partitions().stream()
        .allMatch(name -> table.schema().apply(name).dataType().equals(DataTypes.DateType));
  }

  private static Map<Map<String, String>, List<Row>> parted(Table table, List<Row> rows) {
    Map<Map<String, String>, List<Row>> parts = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, String> partition = new LinkedHashMap<>();
      for (String name : table.partitions()) {
        partition.put(name, row.getDate(table.schema().fieldIndex(name)).toString());
      }
      parts.computeIfAbsent(partition, part -> new ArrayList<>()).add(row);
    }
    return parts;
  }

  /** The rows without the columns that stand in folders' names. */
  private static List<Row> narrowed(Table table, List<Row> rows) {
    if (table.partitions().isEmpty()) {
      return rows;
    }
    int[] places =
        Stream.of(table.schema().fieldNames())
            .filter(name -> !table.partitions().contains(name))
            .mapToInt(table.schema()::fieldIndex)
            .toArray();
    return rows.stream()
        .map(row -> RowFactory.create(IntStream.of(places).mapToObj(row::get).toArray()))
        .toList();
  }

  /** Delta's library makes settings from nothing for each file, of which it needs none. */
  private NewFile write(StructType columns, Map<String, String> partition, List<Row> rows) {
    return HadoopDefaults.without(HadoopDefaults.ALL, () -> writeFile(columns, partition, rows));
  }

  private NewFile writeFile(StructType columns, Map<String, String> partition, List<Row> rows) {
    var batch = new FilteredColumnarBatch(KernelRows.toKernel(columns, rows), Optional.empty());
    String below =
        partition.entrySet().stream()
            .map(part -> part.getKey() + "=" + part.getValue() + "/")
            .collect(Collectors.joining());
    List<NewFile> written = new ArrayList<>();
    try (CloseableIterator<DataFileStatus> files =
        engine
            .getParquetHandler()
            .writeParquetFiles(
                below.isEmpty() ? folder : new Path(folder, below).toString(),
                Utils.toCloseableIterator(List.of(batch).iterator()),
                List.of())) {
      while (files.hasNext()) {
        DataFileStatus file = files.next();
        written.add(
            new NewFile(
                below + new Path(file.getPath()).getName(),
                partition,
                file.getSize(),
                file.getModificationTime(),
                rows.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into " + folder, e);
    }
    if (written.size() != 1) {
      throw new IllegalStateException(
          "%d files instead of one were written into %s".formatted(written.size(), folder));
    }
    return written.get(0);
  }

  private static void requireFilled(Table table, List<Row> rows) {
    StructField[] columns = table.schema().fields();
    for (int place = 0; place < columns.length; place++) {
      int column = place;
      if (!columns[place].nullable() && rows.stream().anyMatch(row -> row.isNullAt(column))) {
        throw new IllegalStateException(
            "A row of table %s has no %s".formatted(table.name(), columns[place].name()));
      }
    }
  }
}
