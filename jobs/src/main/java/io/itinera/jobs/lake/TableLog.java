package io.itinera.jobs.lake;

import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.itinera.core.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a Delta table, read and committed to by Delta's own library for that, which needs no
 * session: Spark plans and runs several jobs for the same.
 */
final class TableLog {

  private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);

  /** Where a commit says what made it, before the label. */
  private static final String MADE_BY = "/itinera:";

  private static final Set<PostCommitHookType> HOOKS =
      Set.of(PostCommitHookType.CHECKPOINT, PostCommitHookType.CHECKSUM_SIMPLE);

  private final Engine engine;
  private final String path;

  TableLog(Engine engine, String path) {
    this.engine = engine;
    this.path = path;
  }

  /** The latest version; none if there is no table. */
  Optional<TableVersion> latest() {
    return load(TableManager.loadSnapshot(path));
  }

  /** Whether that version is there and no later one: two looks instead of a listing of the log. */
  boolean isLatest(long version) {
    try {
      engine.getFileSystemClient().getFileStatus(commitFile(version));
    } catch (IOException e) {
      return false;
    }
    try {
      engine.getFileSystemClient().getFileStatus(commitFile(version + 1));
      return false;
    } catch (FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String commitFile(long version) {
    return FileNames.deltaFile(path + "/_delta_log", version);
  }

  /** That version; none if the log does not have it any more. */
  Optional<TableVersion> at(long version) {
    try {
      return load(TableManager.loadSnapshot(path).atVersion(version));
    } catch (KernelException e) {
      LOG.debug("Version {} of {} is gone", version, path, e);
      return Optional.empty();
    }
  }

  private Optional<TableVersion> load(SnapshotBuilder builder) {
    try {
      return Optional.of(new TableVersion(engine, builder.build(engine)));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Makes the table, empty. */
  TableVersion create(Table table) {
    return commit(NewTable.of(table).in(engine, path), List.of());
  }

  /**
   * Makes the next version.
   *
   * @param base version that the changes are about
   * @param label says what made them
   * @param number of the commit for its {@link Fence}
   * @param changes entries of the log: files that come and go
   */
  TableVersion commit(TableVersion base, String label, OptionalLong number, List<Row> changes) {
    var builder =
        base.snapshot().buildUpdateTableTransaction(MADE_BY.substring(1) + label, Operation.WRITE);
    if (number.isPresent()) {
      builder = builder.withTransactionId(Fence.APPLICATION, number.getAsLong());
    }
    return commit(builder.build(engine), changes);
  }

  /** Sets properties of the table. */
  TableVersion commitProperties(TableVersion base, String label, Map<String, String> properties) {
    return commit(
        base.snapshot()
            .buildUpdateTableTransaction(MADE_BY.substring(1) + label, Operation.MANUAL_UPDATE)
            .withTablePropertiesAdded(properties)
            .build(engine),
        List.of());
  }

  private TableVersion commit(Transaction transaction, List<Row> changes) {
    TransactionCommitResult result =
        transaction.commit(
            engine,
            CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(changes.iterator())));
    result.getPostCommitHooks().stream()
        .filter(hook -> HOOKS.contains(hook.getType()))
        .forEach(this::invoke);
    Optional<Snapshot> after = result.getPostCommitSnapshot();
    return after
        .map(snapshot -> new TableVersion(engine, snapshot))
        .or(() -> at(result.getVersion()))
        .orElseThrow();
  }

  /** What makes later reads quicker may fail: the commit stands. */
  private void invoke(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot write the {} of {}", hook.getType(), path, e);
    }
  }

  /**
   * A commit, as the log has it.
   *
   * @param label what it was made by; none if it is not one of {@link #commit}
   */
  record Entry(long version, Optional<String> label) {}

  /** The commits after {@code version}, in their order; none if some of them are gone. */
  Optional<List<Entry>> entriesAfter(long version) {
    if (latest().map(TableVersion::number).orElse(version) <= version) {
      return Optional.of(List.of());
    }
    List<Entry> entries = new ArrayList<>();
    try (CloseableIterator<ColumnarBatch> batches =
        TableManager.loadCommitRange(path, CommitBoundary.atVersion(version + 1))
            .build(engine)
            .getActions(engine, Set.of(DeltaAction.COMMITINFO))) {
      while (batches.hasNext()) {
        add(entries, batches.next());
      }
      return Optional.of(entries);
    } catch (KernelException e) {
      LOG.debug("Commits after version {} of {} are gone", version, path, e);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of " + path, e);
    }
  }

  private static void add(List<Entry> entries, ColumnarBatch batch) {
    ColumnVector versions = column(batch, "version");
    ColumnVector infos = column(batch, DeltaAction.COMMITINFO.colName);
    for (int row = 0; row < batch.getSize(); row++) {
      if (!infos.isNullAt(row)) {
        Optional<String> madeBy =
            Optional.ofNullable(CommitInfo.fromColumnVector(infos, row))
                .flatMap(CommitInfo::getEngineInfo);
        entries.add(new Entry(versions.getLong(row), madeBy.flatMap(TableLog::label)));
      }
    }
  }

  private static ColumnVector column(ColumnarBatch batch, String name) {
    return batch.getColumnVector(batch.getSchema().indexOf(name));
  }

  /** The label of a commit from what it says made it. */
  static Optional<String> label(String madeBy) {
    int start = madeBy.indexOf(MADE_BY);
    return start < 0 ? Optional.empty() : Optional.of(madeBy.substring(start + MADE_BY.length()));
  }
}
