package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.lit;

import io.itinera.core.settle.PickWinners;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.jobs.ingest.IngestJob.Batch;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Puts what campaigns cost where it belongs. */
final class StoreCosts {

  private StoreCosts() {}

  /** Writes new and restated rows, and removes those that no file holds any more. */
  static void store(StageContext context, Batch batch) {
    Lake lake = context.lake();
    Dataset<Row> winners =
        PickWinners.costs(batch.candidates(), batch.contests())
            .withColumn(CampaignCosts.LOADED_RUN_ID, lit(context.night().runId()))
            .transform(HoldRows::of);
    Dataset<Row> gone = PickWinners.goneCosts(batch.contests()).transform(HoldRows::of);
    boolean areGone = batch.isRestated() && !gone.isEmpty();
    // No row, some that are all new, or some that replace others: one look tells.
    List<Boolean> kinds =
        winners
            .select(PickWinners.IS_REPLACEMENT)
            .distinct()
            .as(Encoders.BOOLEAN())
            .collectAsList();
    if (!areGone && kinds.isEmpty()) {
      return;
    }
    if (!areGone && !kinds.contains(true)) {
      lake.append(CampaignCosts.TABLE, winners);
      return;
    }
    Dataset<Row> restated =
        winners.select(CampaignCosts.SOURCE, CampaignCosts.RECORD_ID).union(gone);
    Dataset<Row> staying = CampaignCosts.TABLE.without(lake.read(CampaignCosts.TABLE), restated);
    lake.overwrite(CampaignCosts.TABLE, staying.union(CampaignCosts.TABLE.conform(winners)));
  }
}
