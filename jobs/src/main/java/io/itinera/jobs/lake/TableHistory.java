package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.itinera.core.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;

/** What was committed to a table, and the way back. */
public final class TableHistory {

  private static final String RESTORE = "RESTORE";

  /** What a commit bears that took a table back, before the version. */
  private static final String BACK_TO = "back to version ";

  /** Delta's name for what adds and replaces rows. */
  private static final String WRITE = "WRITE";

  private final Lake lake;
  private final Table table;

  private TableHistory(Lake lake, Table table) {
    this.lake = lake;
    this.table = table;
  }

  /** The history of {@code table} in {@code lake}. */
  public static TableHistory of(Lake lake, Table table) {
    return new TableHistory(lake, table);
  }

  /**
   * A commit of a table.
   *
   * @param version its version
   * @param label what {@link Lake#begin} was told when it was made; empty for foreign commits
   * @param operation Delta's name for what it did, such as DELETE
   * @param restored version that a RESTORE went back to; empty for all other commits
   */
  public record Commit(long version, String label, String operation, OptionalLong restored) {}

  /** The commits after {@code version}, in their order. */
  public List<Commit> commitsAfter(long version) {
    Optional<List<TableLog.Entry>> ours =
        lake.log(table)
            .entriesAfter(version)
            .filter(entries -> entries.stream().allMatch(entry -> entry.label().isPresent()));
    return ours.map(entries -> entries.stream().map(TableHistory::own).toList())
        .orElseGet(() -> all(version));
  }

  private static Commit own(TableLog.Entry entry) {
    return of(entry.version(), entry.label().orElseThrow(), WRITE, OptionalLong.empty());
  }

  private static Commit of(long version, String label, String operation, OptionalLong restored) {
    return label.startsWith(BACK_TO)
        ? new Commit(
            version,
            label,
            RESTORE,
            OptionalLong.of(Long.parseLong(label.substring(BACK_TO.length()))))
        : new Commit(version, label, operation, restored);
  }

  /** Of those of others more is asked than the quick look at the log tells. */
  private List<Commit> all(long version) {
    return delta()
        .history()
        .where(col("version").gt(version))
        .select(
            col("version"),
            coalesce(col("userMetadata"), col("engineInfo"), lit("")),
            coalesce(col("operation"), lit("")),
            col("operationParameters").getItem("version"))
        .collectAsList()
        .stream()
        .map(TableHistory::commit)
        .sorted(Comparator.comparingLong(Commit::version))
        .toList();
  }

  /** Takes the table back to what it was at {@code version}. */
  public void restore(long version) {
    if (!lake.takeBack(table, version, BACK_TO + version)) {
      delta().restoreToVersion(version);
    }
  }

  private DeltaTable delta() {
    return DeltaTable.forPath(lake.spark(), lake.path(table));
  }

  private static Commit commit(Row row) {
    String operation = row.getString(2);
    String restored = row.getString(3);
    boolean isRestore = operation.equals(RESTORE) && restored != null && restored.matches("\\d+");
    return of(
        row.getLong(0),
        TableLog.label(row.getString(1)).orElse(row.getString(1)),
        operation,
        isRestore ? OptionalLong.of(Long.parseLong(restored)) : OptionalLong.empty());
  }
}
