package io.itinera.jobs.stage;

import io.itinera.core.rfm.CarryScores;
import io.itinera.core.rfm.CountMigrations;
import io.itinera.core.rfm.ScoreRfm;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmMigrations;
import io.itinera.core.table.RfmScores;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to the night's RFM scores, and who changed segments. */
final class RfmJob {

  private RfmJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> scores =
        ScoreRfm.scores(
            lake.read(CustomerDays.TABLE), scores(lake), context.asOf(), context.config().rfm());
    Slice night = Slice.of(RfmScores.TABLE, List.of(context.asOf()));
    // Scores are grouped by customer: no key comes twice.
    lake.replaceUnchecked(RfmScores.TABLE, night, scores);
    // Ways are grouped by where they lead: no key comes twice.
    lake.replaceUnchecked(
        RfmMigrations.TABLE,
        Slice.of(RfmMigrations.TABLE, List.of(context.asOf())),
        CountMigrations.migrations(scores(lake), lake.read(CustomerDays.TABLE), context.asOf()));
  }

  /** Of all nights, under the ids that customers have in this one. */
  private static Dataset<Row> scores(Lake lake) {
    return CarryScores.underTodaysIds(lake.read(RfmScores.TABLE), lake.read(CustomerAliases.TABLE));
  }
}
