package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.itinera.core.table.Table;
import java.util.List;

/** What was committed to a table, and the way back. */
public final class TableHistory {

  private final DeltaTable table;

  private TableHistory(DeltaTable table) {
    this.table = table;
  }

  /** The history of {@code table} in {@code lake}. */
  public static TableHistory of(Lake lake, Table table) {
    return new TableHistory(DeltaTable.forPath(lake.spark(), lake.path(table)));
  }

  /**
   * A commit of a table.
   *
   * @param version its version
   * @param label what {@link Lake#begin} was told when it was made; empty for foreign commits
   */
  public record Commit(long version, String label) {}

  /** The commits after {@code version}. */
  public List<Commit> commitsAfter(long version) {
    return table
        .history()
        .where(col("version").gt(version))
        .select(col("version"), coalesce(col("userMetadata"), lit("")))
        .collectAsList()
        .stream()
        .map(row -> new Commit(row.getLong(0), row.getString(1)))
        .toList();
  }

  /** Takes the table back to what it was at {@code version}. */
  public void restore(long version) {
    table.restoreToVersion(version);
  }
}
