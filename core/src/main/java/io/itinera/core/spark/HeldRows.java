package io.itinera.core.spark;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that {@link HoldRows} has computed, and what was seen of them on the way.
 *
 * @param rows the rows, held
 * @param count how many they are
 * @param days the days in the column that was asked for, sorted; none if none was
 */
public record HeldRows(Dataset<Row> rows, long count, Set<LocalDate> days) {

  private static final long SENT_BYTES = 64L << 20;

  static HeldRows of(Dataset<Row> rows, List<long[]> tallies) {
    Set<LocalDate> days = new TreeSet<>();
    tallies.forEach(
        tally -> Arrays.stream(tally).skip(1).forEach(day -> days.add(LocalDate.ofEpochDay(day))));
    return new HeldRows(rows, tallies.stream().mapToLong(tally -> tally[0]).sum(), days);
  }

  /** Whether there is no row. */
  public boolean areNone() {
    return count == 0;
  }

  /** The rows, with word to Spark that they are few, if they are. */
  public Dataset<Row> toJoin() {
    return count * rows.schema().defaultSize() <= SENT_BYTES ? HoldRows.saidToBeFew(rows) : rows;
  }
}
