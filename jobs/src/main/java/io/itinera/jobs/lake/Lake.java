package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

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

  private static final int FILES_PER_PARTITION = 4;
  private static final String IS_GOING = "is_going";

  /** A table without partitions may have as many files for each so many bytes. */
  private static final long LARGE_BYTES = 64L << 20;

  /** So much is shuffled sooner than it is left in several files. */
  private static final long LITTLE_BYTES = 16L << 20;

  private static final int TRIES = 5;

  private final SparkSession spark;
  private final String warehouse;
  private final long littleBytes;
  private final Engine engine;
  private final PinnedVersions versions;
  private final CommitFiles commits;
  private final StageFiles files;
  private final KeyChecks checks = new KeyChecks();
  private final AtomicLong bytesRead = new AtomicLong();

  /**
   * @param warehouse folder of all tables
   */
  public Lake(SparkSession spark, String warehouse) {
    this(spark, warehouse, LITTLE_BYTES);
  }

  Lake(SparkSession spark, String warehouse, long littleBytes) {
    this.spark = spark;
    this.littleBytes = littleBytes;
    this.warehouse = warehouse.replaceAll("/+$", "");
    this.engine = DefaultEngine.create(spark.sessionState().newHadoopConf());
    this.versions = new PinnedVersions(engine);
    this.commits = new CommitFiles(versions);
    this.files = new StageFiles((org.apache.spark.sql.classic.SparkSession) spark, this.warehouse);
  }

  private Lake(Lake other, org.apache.spark.sql.classic.SparkSession spark) {
    this.spark = spark;
    this.littleBytes = other.littleBytes;
    this.warehouse = other.warehouse;
    this.engine = other.engine;
    this.versions = other.versions.forOthers();
    this.commits = other.commits.forOthers(versions);
    this.files = new StageFiles(spark, warehouse);
  }

  /**
   * The same tables for somebody who works at the same time, with settings of Spark's own, as they
   * are here now. What either pins and commits is apart; what is known of logs is shared.
   */
  public Lake inAnotherSession() {
    return new Lake(this, ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession());
  }

  /** The session that reads and writes. */
  public SparkSession spark() {
    return spark;
  }

  /** The folder in which the tables lie, as configured. */
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
    commits.guardBy(fence);
  }

  /** Throws if this lake is guarded and its warehouse is not held any more. */
  public void requireHeld() {
    commits.requireHeld();
  }

  /** Forgets what was read and written; commits from now on carry {@code label}. */
  public void begin(String label) {
    versions.clear();
    commits.begin(label);
    checks.clear();
    bytesRead.set(0);
  }

  /** Bytes of tables that were read here since {@link #begin}, by no task of Spark's. */
  public long bytesReadHere() {
    return bytesRead.get();
  }

  /** Table names to the versions that were read since {@link #begin}. */
  public Map<String, Long> versionsRead() {
    return versions.numbers();
  }

  /** Table names to the versions that were written since {@link #begin}. */
  public Map<String, Long> versionsWritten() {
    return commits.numbers();
  }

  /** Whether {@code table} was ever made, empty or not. */
  public boolean exists(Table table) {
    return versions.exists(path(table));
  }

  /** Whether {@code table} is there, but without {@code column}. */
  public boolean lacks(Table table, String column) {
    return versions.lacks(path(table), column);
  }

  /** Whether {@code table} is there, but laid out by other partition columns than it should be. */
  public boolean isPartedOtherwise(Table table) {
    return versions.isPartedOtherwise(path(table), table.partitions());
  }

  /**
   * Makes {@code table}, empty and with all its comments, unless it is there. Columns that its
   * contract did not have when it was made are added.
   */
  public void create(Table table) {
    tableFor(table).create().ifPresent(there -> versions.remember(path(table), there));
  }

  private CreateTable tableFor(Table table) {
    return new CreateTable(spark, table, path(table), commits.label(), log(table));
  }

  /** Latest version of {@code table}. */
  public long version(Table table) {
    return latest(table).number();
  }

  /** Rows of the latest version of {@code table}, from its log; none where that does not say. */
  public OptionalLong rowCount(Table table) {
    return latest(table).rows();
  }

  /** Bytes of all files of the latest version of {@code table}. */
  public long bytes(Table table) {
    return latest(table).files().stream().mapToLong(file -> file.status().getLen()).sum();
  }

  private TableVersion latest(Table table) {
    return versions.latest(path(table));
  }

  TableLog log(Table table) {
    return versions.log(path(table));
  }

  /**
   * Whether all that changed in {@code table} since {@code version} can still be read: somebody may
   * have run VACUUM.
   */
  public boolean hasChangesSince(Table table, long version) {
    return pin(table).number() <= version
        || log(table)
            .at(version)
            .filter(before -> FileChanges.between(before, pin(table)).areThere(spark))
            .isPresent();
  }

  /**
   * Takes {@code table} back to the files that it had at {@code version}, by a commit that bears
   * {@code label}.
   *
   * @return whether that is all there is to it; else nothing was done: files are gone, or somebody
   *     has given the table other columns, properties or deletion vectors since
   */
  boolean takeBack(Table table, long version, String label) {
    commits.requireHeld();
    TableVersion now = latest(table);
    Optional<FileChanges> changes =
        log(table)
            .at(version)
            .filter(before -> before.differsOnlyInFilesFrom(now))
            .map(before -> FileChanges.between(before, now))
            .filter(between -> between.areThere(spark));
    changes.ifPresent(between -> commits.takeBack(path(table), now, between, label));
    return changes.isPresent();
  }

  /** Whether {@code table} was ever written to since it was made; no look at its rows. */
  public boolean wasWritten(Table table) {
    return pin(table).number() > 0;
  }

  /** Whether, as far as its log tells, {@code table} has no row in {@code slice}. */
  public boolean hasNone(Table table, Slice slice) {
    return pin(table).files(slice::has).isEmpty();
  }

  /** All rows of {@code table} at its pinned version, in the columns its contract promises. */
  public Dataset<Row> read(Table table) {
    return table.conform(readAll(table));
  }

  /** All rows and all stored columns of {@code table} at its pinned version. */
  public Dataset<Row> readAll(Table table) {
    return reader(table).all(pin(table));
  }

  private ReadTable reader(Table table) {
    return new ReadTable(spark, table, path(table));
  }

  /**
   * What changed in {@code table} since {@code version}, up to the pinned version: rows with a
   * column {@link #CHANGE}, +1 for each that came and −1 for each that went. A row that went and
   * came back unchanged is not there.
   */
  public Dataset<Row> changes(Table table, long version) {
    TableVersion now = pin(table);
    if (now.number() <= version) {
      return read(table).limit(0).withColumn(CHANGE, lit(0L));
    }
    TableVersion before = log(table).at(version).orElseThrow();
    return reader(table).changes(before, now);
  }

  /**
   * As {@link #changes}, but a row that went and came back unchanged is there with both: enough for
   * sums, and nothing is compared.
   */
  public Dataset<Row> rewritten(Table table, long version) {
    TableVersion now = pin(table);
    return now.number() <= version
        ? read(table).limit(0).withColumn(CHANGE, lit(0L))
        : reader(table).rewritten(log(table).at(version).orElseThrow(), now);
  }

  /** Bytes of the files of {@code table} that {@link #rewritten} reads. */
  public long bytesRewritten(Table table, long version) {
    FileChanges changes = FileChanges.between(log(table).at(version).orElseThrow(), pin(table));
    return Stream.of(changes.went(), changes.came())
        .flatMap(List::stream)
        .mapToLong(file -> file.status().getLen())
        .sum();
  }

  /**
   * Values of the first partition column of files of {@code table} that came or went since {@code
   * version}, from its log alone: in others nothing has changed.
   */
  public Set<String> touchedPartitions(Table table, long version) {
    TableVersion now = pin(table);
    Set<String> touched = new TreeSet<>();
    if (now.number() > version) {
      FileChanges changes = FileChanges.between(log(table).at(version).orElseThrow(), now);
      String column = table.partitions().get(0);
      Stream.of(changes.went(), changes.came())
          .flatMap(List::stream)
          .map(file -> file.partition().get(column))
          .filter(Objects::nonNull)
          .forEach(touched::add);
    }
    return touched;
  }

  /** Commits nothing but the fence's number: whoever held the warehouse before is kept out. */
  public void fenceOff(Table table) {
    for (int left = TRIES; left > 0; left--) {
      try {
        append(table, List.of());
        return;
      } catch (ConcurrentWriteException | LostWarehouseException e) {
        // Just now the old holder has committed: it stays as it is until it is taken back.
        versions.unpin(path(table));
      }
    }
    throw new IllegalStateException(
        "Another run goes on writing into %s; end it, then run again.".formatted(path(table)));
  }

  /**
   * All rows of {@code table} at its pinned version, handed to the driver: by no Spark job, if they
   * are few.
   *
   * @param columns names of columns of {@code table}, or none for all of them; a row's values are
   *     in their order
   */
  public List<Row> rows(Table table, String... columns) {
    return fewRows(table, columns)
        .orElseGet(
            () ->
                read(table)
                    .select(
                        Stream.of(names(table, columns))
                            .map(name -> col(name))
                            .toArray(Column[]::new))
                    .collectAsList());
  }

  /** As {@link #rows}, or none if they are so many that Spark should look at them. */
  public Optional<List<Row>> fewRows(Table table, String... columns) {
    return few(table).read(List.of(names(table, columns)));
  }

  private static String[] names(Table table, String... columns) {
    return columns.length == 0 ? table.schema().fieldNames() : columns;
  }

  private FewRows few(Table table) {
    return new FewRows(engine, path(table), pin(table), bytesRead);
  }

  /** Adds {@code rows}; if there are none, nothing is committed. */
  public void append(Table table, Dataset<Row> rows) {
    requireHeld();
    Dataset<Row> laidOut = laidOut(table, rows);
    TableVersion base = widened(table, laidOut.schema());
    List<NewFile> coming = write(table, laidOut);
    if (!coming.isEmpty()) {
      commits.commit(path(table), base, List.of(), coming);
    }
  }

  /** Adds {@code staged} files and {@code rows}, in one commit. */
  public void append(Table table, Staged staged, Dataset<Row> rows) {
    requireHeld();
    Dataset<Row> laidOut = laidOut(table, rows);
    TableVersion base = widened(table, laidOut.schema());
    List<NewFile> coming = new ArrayList<>(staged.files());
    coming.addAll(write(table, laidOut));
    commits.commit(path(table), base, List.of(), coming);
  }

  /** Adds {@code staged} files; none, nothing is committed. */
  public void append(Table table, Staged staged) {
    if (!staged.areNone()) {
      requireHeld();
      TableVersion base = widened(table, table.schema());
      commits.commit(path(table), base, List.of(), staged.files());
    }
  }

  /**
   * Files in the folder of {@code table}, into which tasks can write, so that they can be committed
   * later, or not.
   *
   * @param columns all columns of the table, and perhaps others
   */
  public TaskFiles files(Table table, StructType columns) {
    requireHeld();
    return files.files(table, columns);
  }

  /** What tasks have written into {@code files} of a table, which is no part of it yet. */
  public Staged staged(TaskFiles written) {
    return written.staged();
  }

  /** The rows of {@code staged} files, with all their columns. */
  public Dataset<Row> read(Staged staged) {
    return files.read(staged);
  }

  /** Removes {@code staged} files, which are no part of the table. */
  public void discard(Staged staged) {
    files.discard(staged);
  }

  /** Files of no table, for what tasks put aside; {@link #clearAside} removes them. */
  public TaskFiles aside(StructType columns) {
    return files.aside(columns);
  }

  /** The rows that were put aside. */
  public Dataset<Row> readAside(TaskFiles aside) {
    return files.readAside(aside);
  }

  /** Removes all that was put aside, also by a run that died. */
  public void clearAside() {
    files.clearAside();
  }

  /**
   * Adds a few rows, by no Spark job. Where earlier ones have left many small files, their rows go
   * into the new file, too.
   *
   * @param rows values of all columns of {@code table}, in their order
   */
  public void append(Table table, List<Row> rows) {
    FewRows few = few(table);
    List<StoredFile> crumbs = few.crumbs(table);
    List<Row> all = new ArrayList<>(few.rowsOf(crumbs, table));
    all.addAll(rows);
    commit(table, all, crumbs, Slice.ALL);
  }

  /**
   * Replaces the whole table by a few rows, by no Spark job.
   *
   * @param rows values of all columns of {@code table}, in their order
   * @throws DuplicateKeyException if a key is there twice
   */
  public void overwrite(Table table, List<Row> rows) {
    KeyChecks.requireUniqueKeys(table, rows);
    commit(table, rows, pin(table).files(), Slice.ALL);
  }

  /**
   * Replaces a part of the table by a few rows, all of which must be in that part, by no Spark job
   * where the table is laid out by days or not at all.
   *
   * @param rows values of all columns of {@code table}, in their order
   * @throws DuplicateKeyException if a key is there twice
   */
  public void replace(Table table, Slice slice, List<Row> rows) {
    KeyChecks.requireUniqueKeys(table, rows);
    commit(table, rows, pin(table).files(slice::has), slice);
  }

  /**
   * Replaces the whole table by {@code rows}, in one commit; {@link #requireUniqueKeys} looks at
   * them.
   */
  public void overwrite(Table table, Dataset<Row> rows) {
    commit(table, laidOut(table, rows), pin(table).files(), Slice.ALL);
    checks.addWritten(table, read(table));
  }

  /** As {@link #overwrite}, for rows whose keys are unique by the way they are made. */
  public void overwriteUnchecked(Table table, Dataset<Row> rows) {
    replaceUnchecked(table, Slice.ALL, rows);
  }

  /**
   * Replaces a part of the table by {@code rows}, all of which must be in that part, in one commit;
   * {@link #requireUniqueKeys} looks at them.
   */
  public void replace(Table table, Slice slice, Dataset<Row> rows) {
    replaceUnchecked(table, slice, rows);
    // What was written is narrower to look at than what it was made from: only its keys are read.
    checks.addWritten(table, read(table).where(slice.sql()));
  }

  /** As {@link #replace}, for rows whose keys are unique by the way they are made. */
  public void replaceUnchecked(Table table, Slice slice, Dataset<Row> rows) {
    commit(table, laidOut(table, rows), pin(table).files(slice::has), slice);
  }

  /**
   * As {@link #replaceUnchecked}, for rows of which those that are alike are made one after the
   * other, by few tasks: each writes what it makes.
   */
  public void replaceAsMade(Table table, Slice slice, Dataset<Row> rows) {
    commit(table, table.conform(rows), pin(table).files(slice::has), slice);
  }

  /**
   * Replaces the given values of the first partition column, without looking at keys.
   *
   * @param staying rows that are there already, changed or not
   * @param coming rows that are new there
   */
  public void replacePartitions(
      Table table, Collection<?> partitions, Dataset<Row> staying, Dataset<Row> coming) {
    if (partitions.isEmpty()) {
      return;
    }
    Slice slice = Slice.of(table, partitions);
    List<StoredFile> going = pin(table).files(slice::has);
    commit(table, besides(table, going, staying, coming), going, slice);
  }

  /**
   * Replaces the rows of a table without partitions that {@code replaced} is about, in one commit;
   * {@link #requireUniqueKeys} looks at them.
   *
   * @param coming what these rows are now: {@code replaced} is about all of them, too
   */
  public void replace(Table table, Replaced replaced, Dataset<Row> coming) {
    List<StoredFile> going = pin(table).files();
    commit(table, besides(table, going, replaced.staying(read(table)), coming), going, Slice.ALL);
    checks.addWritten(table, replaced.replaced(read(table)));
  }

  /**
   * Rows that stay, as they lie, so that wide rows are not shuffled, beside some that come; all of
   * them shuffled where they are few, or that would leave too many files.
   *
   * @param going the files that have those that stay
   */
  private Dataset<Row> besides(
      Table table, List<StoredFile> going, Dataset<Row> staying, Dataset<Row> coming) {
    Dataset<Row> before = table.conform(staying);
    Dataset<Row> after = table.conform(coming);
    long bytes = going.stream().mapToLong(file -> file.status().getLen()).sum();
    long partitions = going.stream().map(StoredFile::partition).distinct().count();
    long most = FILES_PER_PARTITION * Math.max(partitions, bytes / LARGE_BYTES);
    return bytes <= littleBytes || going.size() > most
        ? laidOut(table, before.union(after))
        : before.union(laidOut(table, after));
  }

  /**
   * Replaces exactly the owners' rows from their instants on, in one commit; {@link
   * #requireUniqueKeys} looks at them. Rewrites the days in which rows go or come; none, nothing is
   * written.
   *
   * @param rows all that these owners have from then on
   */
  public void replaceOwners(Table table, OwnersSince owners, Dataset<Row> rows) {
    replaceOwners(table, owners, rows, (staying, coming) -> staying);
  }

  /**
   * As {@link #replaceOwners}, and replaces rows from before these instants whose keys {@code rows}
   * have, too. Such a row stays on its day.
   */
  public void replaceOwnersAndKeys(Table table, OwnersSince owners, Dataset<Row> rows) {
    replaceOwners(
        table, owners, rows, (staying, coming) -> table.without(staying, coming.toJoin()));
  }

  private void replaceOwners(
      Table table,
      OwnersSince owners,
      Dataset<Row> rows,
      BiFunction<Dataset<Row>, HeldRows, Dataset<Row>> left) {
    String partition = table.partitions().get(0);
    Dataset<Row> stored = read(table);
    Dataset<Row> going =
        owners.replaced(stored).select(col(partition), lit(true).as(IS_GOING)).distinct();
    // One job makes the rows that come and finds the days of both.
    HeldRows all =
        HoldRows.dated(
            table.conform(rows).withColumn(IS_GOING, lit(false)).unionByName(going, true),
            partition);
    Dataset<Row> made = all.rows().where(not(col(IS_GOING))).drop(IS_GOING);
    HeldRows coming = new HeldRows(made, all.count(), all.days());
    Set<LocalDate> partitions = all.days();
    if (!partitions.isEmpty()) {
      Dataset<Row> before = stored.where(Slice.of(table, partitions).sql());
      replacePartitions(
          table, partitions, left.apply(owners.staying(before), coming), coming.rows());
      checks.addWritten(table, made);
    }
  }

  /** Lets {@link #requireUniqueKeys} look at the keys of {@code rows}, which are in the table. */
  public void checkKeys(Table table, Dataset<Row> rows) {
    checks.add(table, rows);
  }

  /** As {@link #checkKeys}, of rows that one call of this lake has written. */
  public void checkWrittenKeys(Table table, Dataset<Row> rows) {
    checks.addWritten(table, rows);
  }

  /**
   * Looks at the keys of what was written since {@link #begin}.
   *
   * @throws DuplicateKeyException if a key is there twice; the stage must be taken back
   */
  public void requireUniqueKeys() {
    checks.run();
  }

  private TableVersion pin(Table table) {
    return versions.of(path(table));
  }

  /**
   * One shuffle that gives each partition of the table to few tasks, so that it gets few files.
   * Rows of a table without partitions go by its key, those that differ in its last column only to
   * one file: without a column Spark sorts rows by a hash of all their values before it deals them
   * out, and where equal ids lie far apart, a file gets several times as large.
   */
  private static Dataset<Row> laidOut(Table table, Dataset<Row> rows) {
    List<String> key = table.key();
    List<String> alike = key.size() > 1 ? key.subList(0, key.size() - 1) : key;
    List<String> by = table.partitions().isEmpty() ? alike : table.partitions();
    return table.conform(rows).hint("rebalance", by.stream().map(name -> col(name)).toArray());
  }

  private void commit(Table table, List<Row> rows, List<StoredFile> going, Slice part) {
    requireHeld();
    Optional<List<NewFile>> coming = few(table).write(table, rows);
    if (coming.isPresent()) {
      requireWithin(table, part, coming.get());
      commits.commit(path(table), pin(table), going, coming.get());
    } else {
      Dataset<Row> dataset = spark.createDataFrame(rows, table.schema());
      commit(table, laidOut(table, dataset), going, part);
    }
  }

  private void commit(Table table, Dataset<Row> rows, List<StoredFile> going, Slice part) {
    requireHeld();
    TableVersion base = widened(table, rows.schema());
    List<NewFile> coming = write(table, rows);
    requireWithin(table, part, coming);
    commits.commit(path(table), base, going, coming);
  }

  /** The pinned version, or the one that has some of {@code columns} that it had not. */
  private TableVersion widened(Table table, StructType columns) {
    boolean isWider = tableFor(table).addMissingColumns(pin(table), columns);
    return isWider ? latest(table) : pin(table);
  }

  private List<NewFile> write(Table table, Dataset<Row> rows) {
    KeysWritten keys = new KeysWritten(table, rows.schema());
    List<NewFile> files =
        new WriteFiles(spark, path(table)).of(table.filled(rows), table.partitions(), keys);
    checks.wrote(table, keys);
    return files;
  }

  /** What is written elsewhere would be there twice by the next time. */
  private static void requireWithin(Table table, Slice part, List<NewFile> files) {
    files.stream()
        .map(NewFile::partition)
        .filter(partition -> !part.has(partition))
        .findFirst()
        .ifPresent(
            partition -> {
              throw new IllegalStateException(
                  "Rows of %s do not belong into table %s where %s"
                      .formatted(partition, table.name(), part.sql()));
            });
  }
}
