package io.itinera.jobs.stage;

import io.itinera.core.cohort.FollowCustomers;
import io.itinera.core.cohort.RetentionReport;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.LifecycleWeeks;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Row;

/** Sums per customer and day to the night's cohorts and counts of weeks. */
final class RetentionJob {

  private RetentionJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    RetentionReport report =
        FollowCustomers.report(
            lake.read(CustomerDays.TABLE), context.asOf(), context.config().cohorts());
    store(context, Cohorts.TABLE, report.cohorts());
    store(context, LifecycleWeeks.TABLE, report.weeks());
  }

  private static void store(StageContext context, Table table, List<Row> rows) {
    context.lake().replace(table, Slice.of(table, List.of(context.asOf())), rows);
  }
}
