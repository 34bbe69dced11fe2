package io.itinera.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.identity.Affected;
import io.itinera.core.rule.Hold;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Seen;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a stage has not seen yet. */
final class Changes {

  private Changes() {}

  /** All evidence up to the night's last day. */
  static Dataset<Row> evidenceUpToAsOf(StageContext context) {
    return context.lake().read(Evidence.TABLE).where(isDue(context));
  }

  /**
   * Evidence that came or went since {@code seen}, and what was loaded before but only now has its
   * day.
   */
  static Dataset<Row> evidenceSince(StageContext context, Seen seen) {
    Lake lake = context.lake();
    Dataset<Row> changed =
        lake.changes(Evidence.TABLE, seen.version(Evidence.TABLE)).where(isDue(context));
    Dataset<Row> due =
        lake.read(Evidence.TABLE)
            .where(isDue(context))
            .where(col(Evidence.EVENT_DATE).gt(lit(Date.valueOf(seen.asOf()))));
    return Evidence.TABLE.conform(changed).union(due);
  }

  /** Customers whose records changed since {@code seen}: customer_id, from_at; persisted. */
  static Dataset<Row> affectedSince(StageContext context, Seen seen) {
    Lake lake = context.lake();
    Dataset<Row> moves =
        lake.changes(IdentityMoves.TABLE, seen.version(IdentityMoves.TABLE))
            .where(col(Lake.CHANGE).gt(0));
    return Affected.customers(
            evidenceSince(context, seen).transform(Hold::of),
            moves,
            lake.read(Identities.TABLE),
            context.config().identity())
        .transform(Hold::of);
  }

  private static Column isDue(StageContext context) {
    return col(Evidence.EVENT_DATE).leq(lit(Date.valueOf(context.asOf())));
  }
}
