package io.itinera.jobs.lake;

import io.delta.kernel.Scan;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.CloseableIterator;
import io.itinera.core.table.Table;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/**
 * How many rows tables have, from the statistics in their logs.
 *
 * <p>Needs no session: Spark would start several jobs for each table to find the same numbers.
 */
public final class RowCounts {

  private final String warehouse;
  private final Engine engine;

  /**
   * @param warehouse folder of all tables
   */
  public RowCounts(String warehouse, Configuration hadoop) {
    this.warehouse = warehouse;
    this.engine = DefaultEngine.create(hadoop);
  }

  /** Rows of the latest version of {@code table}; none if there is no such table yet. */
  public OptionalLong of(Table table) throws IOException {
    try {
      Scan scan =
          io.delta.kernel.Table.forPath(engine, Lake.path(warehouse, table))
              .getLatestSnapshot(engine)
              .getScanBuilder()
              .build();
      return OptionalLong.of(rows(scan));
    } catch (TableNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /** As {@link #of}, and none either where no count is recorded. */
  public OptionalLong ofKnown(Table table) {
    try {
      return of(table);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private long rows(Scan scan) throws IOException {
    long rows = 0;
    // Only the inner class hands out the statistics, not the interface.
    try (CloseableIterator<FilteredColumnarBatch> batches =
        ((ScanImpl) scan).getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        rows += rows(batches.next());
      }
    }
    return rows;
  }

  private static long rows(FilteredColumnarBatch batch) throws IOException {
    long rows = 0;
    try (CloseableIterator<Row> files = batch.getRows()) {
      while (files.hasNext()) {
        Row file = files.next();
        AddFile added = new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
        rows +=
            added
                .getNumRecords()
                .orElseThrow(
                    () -> new IOException("No row count is recorded for " + added.getPath()));
      }
    }
    return rows;
  }
}
