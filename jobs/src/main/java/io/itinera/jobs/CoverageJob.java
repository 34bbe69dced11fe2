package io.itinera.jobs;

import io.itinera.core.customer.MeasureCoverage;
import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.SourceDays;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;

/** Deliveries and customers to coverage. */
final class CoverageJob {

  private CoverageJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    lake.overwrite(
        Coverage.TABLE,
        MeasureCoverage.measure(
            lake.read(Deliveries.TABLE),
            lake.read(SourceDays.TABLE),
            lake.read(CustomerDays.TABLE),
            lake.read(Customers.TABLE)));
  }
}
