package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.Table;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Written rows whose keys are still to be looked at: together at the end, not one by one. */
final class KeyChecks {

  private static final int EXAMPLES = 3;

  private final Queue<Runnable> checks = new ConcurrentLinkedQueue<>();

  void add(Table table, Dataset<Row> rows) {
    if (!table.key().isEmpty()) {
      checks.add(() -> requireUniqueKeys(table, rows));
    }
  }

  void clear() {
    checks.clear();
  }

  /**
   * Looks at the keys of all that was added, and forgets it.
   *
   * @throws DuplicateKeyException if a key is there twice
   */
  void run() {
    SideBySide.run(List.copyOf(checks));
    clear();
  }

  private static void requireUniqueKeys(Table table, Dataset<Row> rows) {
    Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
    List<Row> repeated =
        rows.groupBy(key)
            .agg(count(lit(1)).as("rows"))
            .where("rows > 1")
            .limit(EXAMPLES)
            .collectAsList();
    if (!repeated.isEmpty()) {
      throw new DuplicateKeyException(table, repeated);
    }
  }
}
