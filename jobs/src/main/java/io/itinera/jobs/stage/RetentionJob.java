package io.itinera.jobs.stage;

import io.itinera.core.cohort.CohortRules;
import io.itinera.core.cohort.CountLifecycle;
import io.itinera.core.cohort.FollowCohorts;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.LifecycleWeeks;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to the night's cohorts and counts of weeks. */
final class RetentionJob {

  private RetentionJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    LocalDate asOf = context.asOf();
    CohortRules rules = context.config().cohorts();
    Dataset<Row> days = lake.read(CustomerDays.TABLE);
    Dataset<Row> weeks = CountLifecycle.weeks(days, asOf);
    Slice ofCohorts = Slice.of(Cohorts.TABLE, List.of(asOf));
    Slice ofWeeks = Slice.of(LifecycleWeeks.TABLE, List.of(asOf));
    // Both are grouped by what their keys are: none comes twice.
    Runnable counts = () -> lake.replaceUnchecked(LifecycleWeeks.TABLE, ofWeeks, weeks);
    if (rules.areNone()) {
      counts.run();
    } else {
      Dataset<Row> cohorts = FollowCohorts.cohorts(days, asOf, rules);
      SideBySide.run(
          List.of(counts, () -> lake.replaceUnchecked(Cohorts.TABLE, ofCohorts, cohorts)));
    }
  }
}
