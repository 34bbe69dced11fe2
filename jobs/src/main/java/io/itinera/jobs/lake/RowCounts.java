package io.itinera.jobs.lake;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.itinera.core.table.Table;
import java.io.IOException;
import java.util.Optional;
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
    Optional<TableVersion> latest = new TableLog(engine, Lake.path(warehouse, table)).latest();
    if (latest.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong rows = latest.get().rows();
    if (rows.isEmpty()) {
      throw new IOException("No row counts are recorded for table " + table.name());
    }
    return rows;
  }
}
