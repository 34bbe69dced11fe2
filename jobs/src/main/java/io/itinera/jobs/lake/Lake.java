package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import io.itinera.core.rule.Hold;
import io.itinera.core.table.Table;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/**
 * The Delta tables below one warehouse folder. Nothing else in the project reads or writes a table.
 *
 * <p>A read is pinned: every {@link #read} between two {@link #begin} sees the version that the
 * table had at the first one, or that this lake's own write made since. So a persisted plan never
 * changes under its reader, and the versions that a stage has seen are known.
 */
public final class Lake {

  /** Column of {@link #changes}: +1 for a row that came, −1 for one that went. */
  public static final String CHANGE = "_change";

  private static final String CHANGE_TYPE = "_change_type";
  private static final int FILES_PER_PARTITION = 4;
  private static final int TRIES = 5;

  private final SparkSession spark;
  private final String warehouse;
  private final Map<String, Long> pinned = new ConcurrentHashMap<>();
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private final KeyChecks checks = new KeyChecks();
  private String label = "";
  private Optional<Fence> fence = Optional.empty();

  /**
   * @param warehouse folder of all tables
   */
  public Lake(SparkSession spark, String warehouse) {
    this.spark = spark;
    this.warehouse = warehouse.replaceAll("/+$", "");
  }

  public SparkSession spark() {
    return spark;
  }

  public String warehouse() {
    return warehouse;
  }

  /** Folder of {@code table}. */
  public String path(Table table) {
    return path(warehouse, table);
  }

  /** Folder of {@code table} in {@code warehouse}. */
  static String path(String warehouse, Table table) {
    return warehouse.replaceAll("/+$", "") + "/" + table.name();
  }

  /** Lets nothing be committed from now on that {@code fence} does not let through. */
  public void guardBy(Fence fence) {
    this.fence = Optional.of(fence);
  }

  /** Throws if this lake is guarded and its warehouse is not held any more. */
  public void requireHeld() {
    fence.ifPresent(Fence::requireHeld);
  }

  /** Forgets what was read and written; commits from now on carry {@code label}. */
  public void begin(String label) {
    pinned.clear();
    written.clear();
    checks.clear();
    this.label = label;
  }

  /** Table names to the versions that were read since {@link #begin}. */
  public Map<String, Long> versionsRead() {
    return Map.copyOf(pinned);
  }

  /** Table names to the versions that were written since {@link #begin}. */
  public Map<String, Long> versionsWritten() {
    return Map.copyOf(written);
  }

  public boolean exists(Table table) {
    return DeltaTable.isDeltaTable(spark, path(table));
  }

  /**
   * Makes {@code table}, empty and with all its comments, unless it is there. Columns that its
   * contract did not have when it was made are added.
   */
  public void create(Table table) {
    if (exists(table)) {
      addColumns(table);
      return;
    }
    var builder =
        DeltaTable.createIfNotExists(spark)
            .location(path(table))
            .comment(table.comment())
            .addColumns(table.schema());
    if (!table.partitions().isEmpty()) {
      builder = builder.partitionedBy(table.partitions().toArray(String[]::new));
    }
    if (ChangeFeeds.isRecordedFor(table)) {
      for (Map.Entry<String, String> property : ChangeFeeds.properties().entrySet()) {
        builder = builder.property(property.getKey(), property.getValue());
      }
    }
    builder.property("delta.enableDeletionVectors", "false").execute();
  }

  private void addColumns(Table table) {
    List<String> stored = List.of(snapshot(table).schema().fieldNames());
    if (!stored.containsAll(List.of(table.schema().fieldNames()))) {
      spark
          .createDataFrame(List.of(), table.schema())
          .write()
          .format("delta")
          .mode("append")
          .option("mergeSchema", "true")
          .save(path(table));
    }
  }

  /** Latest version of {@code table}. */
  public long version(Table table) {
    return snapshot(table).version();
  }

  private Snapshot snapshot(Table table) {
    return DeltaLog.forTable(spark, path(table)).update(false, Option.empty(), Option.empty());
  }

  /**
   * Whether all that changed in {@code table} since {@code version} can still be read: somebody may
   * have run VACUUM.
   *
   * @param table one whose change feed is recorded; of others nothing is known
   */
  public boolean hasChangesSince(Table table, long version) {
    long to = pin(table);
    return !ChangeFeeds.isRecordedFor(table)
        || to <= version
        || ChangeFeeds.areThere(
            DeltaLog.forTable(spark, path(table)),
            version + 1,
            to,
            spark.sessionState().newHadoopConf());
  }

  /** Whether {@code table} was ever written to since it was made; no look at its rows. */
  public boolean wasWritten(Table table) {
    return pin(table) > 0;
  }

  /** All rows of {@code table} at its pinned version, in the columns its contract promises. */
  public Dataset<Row> read(Table table) {
    return table.conform(readAll(table));
  }

  /** All rows and all stored columns of {@code table} at its pinned version. */
  public Dataset<Row> readAll(Table table) {
    return spark.read().format("delta").option("versionAsOf", pin(table)).load(path(table));
  }

  /**
   * What changed in {@code table} since {@code version}, up to the pinned version: rows with a
   * column {@link #CHANGE}, +1 for each that came and −1 for each that went. A row that went and
   * came back unchanged is not there.
   *
   * @param table one whose change feed is recorded
   */
  public Dataset<Row> changes(Table table, long version) {
    long to = pin(table);
    if (to <= version) {
      return read(table).limit(0).withColumn(CHANGE, lit(0L));
    }
    Column[] columns =
        Stream.of(table.schema().fieldNames()).map(name -> col(name)).toArray(Column[]::new);
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", version + 1)
        .option("endingVersion", to)
        .load(path(table))
        .groupBy(columns)
        .agg(
            sum(when(col(CHANGE_TYPE).isin("insert", "update_postimage"), 1L).otherwise(-1L))
                .as(CHANGE))
        .where(col(CHANGE).notEqual(0L));
  }

  /** Commits nothing but the fence's number: whoever held the warehouse before is kept out. */
  public void fenceOff(Table table) {
    for (int left = TRIES; left > 0; left--) {
      try {
        append(table, spark.createDataFrame(List.of(), table.schema()));
        return;
      } catch (ConcurrentModificationException e) {
        // Just now the old holder has committed: it stays as it is until it is taken back.
        pinned.remove(table.name());
      }
    }
    throw new IllegalStateException(
        "Another run goes on writing into %s; end it, then run again.".formatted(path(table)));
  }

  /** Adds {@code rows}. */
  public void append(Table table, Dataset<Row> rows) {
    commit(table, laidOut(table, rows).write().mode("append"));
  }

  /**
   * Replaces the whole table by {@code rows}, in one commit; {@link #requireUniqueKeys} looks at
   * them.
   */
  public void overwrite(Table table, Dataset<Row> rows) {
    commit(table, laidOut(table, rows).write().mode("overwrite"));
    checks.add(table, read(table));
  }

  /**
   * Replaces the rows that {@code where} selects by {@code rows}, all of which it must select too,
   * in one commit; {@link #requireUniqueKeys} looks at them.
   *
   * @param where SQL predicate, best over the partition columns
   */
  public void replaceWhere(Table table, String where, Dataset<Row> rows) {
    replaceUnchecked(table, where, rows);
    // What was written is narrower to look at than what it was made from: only its keys are read.
    checks.add(table, read(table).where(where));
  }

  /** As {@link #replaceWhere}, for rows whose keys are unique by the way they are made. */
  public void replaceUnchecked(Table table, String where, Dataset<Row> rows) {
    commit(table, laidOut(table, rows).write().mode("overwrite").option("replaceWhere", where));
  }

  /**
   * Replaces the given values of the first partition column, without looking at keys.
   *
   * @param staying rows that are there already, changed or not; they are written as they lie, so
   *     that wide rows are not shuffled, unless that would leave too many files
   * @param coming rows that are new there
   */
  public void replacePartitions(
      Table table, Collection<?> partitions, Dataset<Row> staying, Dataset<Row> coming) {
    if (partitions.isEmpty()) {
      return;
    }
    String where = inPartitions(table, partitions);
    int files = readAll(table).where(where).inputFiles().length;
    Dataset<Row> before = table.conform(staying);
    Dataset<Row> after = table.conform(coming);
    Dataset<Row> rows =
        files > FILES_PER_PARTITION * partitions.size()
            ? laidOut(table, before.union(after))
            : before.union(laidOut(table, after));
    commit(table, rows.write().mode("overwrite").option("replaceWhere", where));
  }

  /**
   * Replaces exactly the owners' rows from their instants on, in one commit; {@link
   * #requireUniqueKeys} looks at them. Rewrites the partitions in which rows go or come; none,
   * nothing is written.
   *
   * @param rows all that these owners have from then on
   */
  public void replaceOwners(Table table, OwnersSince owners, Dataset<Row> rows) {
    String partition = table.partitions().get(0);
    Dataset<Row> stored = read(table);
    Dataset<Row> coming = table.conform(rows).transform(Hold::of);
    checks.add(table, coming);
    List<String> partitions =
        owners
            .replaced(stored)
            .select(partition)
            .union(coming.select(partition))
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> String.valueOf(row.get(0)))
            .toList();
    if (!partitions.isEmpty()) {
      String where = inPartitions(table, partitions);
      replaceUnchecked(table, where, owners.staying(stored.where(where)).union(coming));
    }
  }

  /** Lets {@link #requireUniqueKeys} look at the keys of {@code rows}, which are in the table. */
  public void checkKeys(Table table, Dataset<Row> rows) {
    checks.add(table, rows);
  }

  /**
   * Looks at the keys of what was written since {@link #begin}.
   *
   * @throws DuplicateKeyException if a key is there twice; the stage must be taken back
   */
  public void requireUniqueKeys() {
    checks.run();
  }

  /** SQL predicate that selects the given values of the first partition column. */
  public static String inPartitions(Table table, Collection<?> partitions) {
    return partitions.stream()
        .map(value -> "'" + value + "'")
        .sorted()
        .collect(Collectors.joining(", ", table.partitions().get(0) + " IN (", ")"));
  }

  private long pin(Table table) {
    return pinned.computeIfAbsent(table.name(), name -> version(table));
  }

  /** One shuffle that gives each partition of the table to few tasks, so that it gets few files. */
  private static Dataset<Row> laidOut(Table table, Dataset<Row> rows) {
    Dataset<Row> conformed = table.conform(rows);
    if (table.partitions().isEmpty()) {
      return conformed.hint("rebalance");
    }
    Column[] by = table.partitions().stream().map(name -> col(name)).toArray(Column[]::new);
    return conformed.hint("rebalance", (Object[]) by);
  }

  private void commit(Table table, DataFrameWriter<Row> writer) {
    requireHeld();
    long before = fence.isPresent() ? version(table) : -1;
    DataFrameWriter<Row> labelled =
        writer.format("delta").option("userMetadata", label).option("mergeSchema", "true");
    fence.map(guard -> guard.number(labelled)).orElse(labelled).save(path(table));
    requireHeld();
    long version = version(table);
    if (version <= before) {
      throw new IllegalStateException(
          "Table %s has not taken what was written into it: it bears the number of a later run."
              .formatted(path(table)));
    }
    pinned.put(table.name(), version);
    written.put(table.name(), version);
  }
}
