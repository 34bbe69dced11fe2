package io.itinera.jobs.stage;

import io.itinera.core.coverage.MeasureCoverage;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.SourceDays;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Deliveries and customers to coverage. */
final class CoverageJob {

  private CoverageJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> others =
        lake.read(Profiles.TABLE)
            .select(Profiles.SOURCE)
            .union(lake.read(CampaignCosts.TABLE).select(CampaignCosts.SOURCE));
    // They are grouped by what their key is: none comes twice.
    lake.overwriteUnchecked(
        Coverage.TABLE,
        MeasureCoverage.measure(
            lake.read(Deliveries.TABLE),
            new MeasureCoverage.There(lake.read(SourceDays.TABLE), others),
            lake.read(CustomerDays.TABLE),
            lake.read(Customers.TABLE)));
  }
}
