package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Written rows whose keys are still to be looked at: together at the end, not one by one. */
final class KeyChecks {

  private static final int EXAMPLES = 3;

  private static final String ROWS = "rows";
  private static final String PLACE = "place";
  private static final String HASH = "hash";

  private final Queue<Written> checks = new ConcurrentLinkedQueue<>();

  /** Tables that were written, and whether the keys of each write are known to be distinct. */
  private final Map<String, Boolean> areDistinct = new ConcurrentHashMap<>();

  /** Notes what is known of the keys of rows that were written in one commit. */
  void wrote(Table table, KeysWritten keys) {
    areDistinct.merge(table.name(), keys.areDistinct(), Boolean::logicalAnd);
  }

  /** Adds rows that one commit has written, perhaps beside others. */
  void addWritten(Table table, Dataset<Row> rows) {
    if (!areDistinct.getOrDefault(table.name(), false)) {
      add(table, rows);
    }
  }

  void add(Table table, Dataset<Row> rows) {
    if (!table.key().isEmpty()) {
      checks.add(new Written(table, rows));
    }
  }

  void clear() {
    checks.clear();
    areDistinct.clear();
  }

  /**
   * Looks at the keys of all that was added, and forgets it. One job counts hashes of the keys of
   * all tables; only where one is there twice the keys themselves are compared.
   *
   * @throws DuplicateKeyException if a key is there twice
   */
  void run() {
    List<Written> all = List.copyOf(checks);
    IntStream.range(0, all.size())
        .mapToObj(place -> hashes(all.get(place), place))
        .reduce(Dataset::union)
        .map(KeyChecks::suspects)
        .orElse(List.of())
        .forEach(place -> requireUniqueKeys(all.get(place)));
    clear();
  }

  /**
   * Looks at the keys of rows that are here.
   *
   * @param rows values of all columns of {@code table}, in their order
   */
  static void requireUniqueKeys(Table table, List<Row> rows) {
    Set<Row> known = new HashSet<>();
    List<Row> repeated =
        rows.stream()
            .map(
                row ->
                    RowFactory.create(
                        table.key().stream()
                            .map(table.schema()::fieldIndex)
                            .map(row::get)
                            .toArray()))
            .filter(key -> !known.add(key))
            .limit(EXAMPLES)
            .toList();
    if (!table.key().isEmpty() && !repeated.isEmpty()) {
      throw new DuplicateKeyException(table, repeated);
    }
  }

  private static Dataset<Row> hashes(Written written, int place) {
    return written.rows().select(lit(place).as(PLACE), xxhash64(written.key()).as(HASH));
  }

  private static List<Integer> suspects(Dataset<Row> hashes) {
    return hashes
        .groupBy(PLACE, HASH)
        .agg(count(lit(1)).as(ROWS))
        .where(col(ROWS).gt(1))
        .select(PLACE)
        .distinct()
        .as(Encoders.INT())
        .collectAsList();
  }

  private static void requireUniqueKeys(Written written) {
    List<Row> repeated =
        written
            .rows()
            .groupBy(written.key())
            .agg(count(lit(1)).as(ROWS))
            .where(col(ROWS).gt(1))
            .limit(EXAMPLES)
            .collectAsList();
    if (!repeated.isEmpty()) {
      throw new DuplicateKeyException(written.table(), repeated);
    }
  }

  private record Written(Table table, Dataset<Row> rows) {

    Column[] key() {
      return table.key().stream().map(name -> col(name)).toArray(Column[]::new);
    }
  }
}
