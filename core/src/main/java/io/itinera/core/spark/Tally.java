package io.itinera.core.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;

/** What is seen of the rows of a partition while they are computed: how many, and which days. */
final class Tally {

  private Tally() {}

  /**
   * Looks at all {@code rows}.
   *
   * @param dates place of a column of dates; -1 for none
   * @return the number of rows, then the days since 1970-01-01: plain numbers, whatever serializer
   *     Spark is told to use
   */
  static Iterator<long[]> of(Iterator<InternalRow> rows, int dates) {
    long count = 0;
    Set<Long> days = new TreeSet<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      count++;
      if (dates >= 0 && !row.isNullAt(dates)) {
        days.add((long) row.getInt(dates));
      }
    }
    LongStream seen = days.stream().mapToLong(Long::longValue);
    return List.of(LongStream.concat(LongStream.of(count), seen).toArray()).iterator();
  }
}
