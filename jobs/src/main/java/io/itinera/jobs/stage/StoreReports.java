package io.itinera.jobs.stage;

import io.itinera.core.table.ModelReports;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/** What models say of themselves: in one table, where each stage replaces its own reports only. */
final class StoreReports {

  private static final int MODEL = ModelReports.TABLE.schema().fieldIndex(ModelReports.MODEL);

  private StoreReports() {}

  /**
   * Replaces reports of some nights by models of such a name; those of others stay. No job looks
   * for them where the log says that there is nothing of these nights.
   */
  static void replace(
      Lake lake, Collection<LocalDate> nights, Predicate<String> isTheirs, List<Row> reports) {
    Slice slice = Slice.of(ModelReports.TABLE, nights);
    List<Row> all = new ArrayList<>(reports);
    if (!lake.hasNone(ModelReports.TABLE, slice)) {
      lake.read(ModelReports.TABLE).where(slice.sql()).collectAsList().stream()
          .filter(row -> !isTheirs.test(row.getString(MODEL)))
          .forEach(all::add);
    }
    lake.replace(ModelReports.TABLE, slice, all);
  }
}
