package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.itinera.core.identity.MatchEvidence;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.ProfileMatches;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a stage has not seen yet. */
final class UnseenChanges {

  private UnseenChanges() {}

  /** All evidence up to the night's last day. */
  static Dataset<Row> evidenceUpToAsOf(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> evidence = lake.read(Evidence.TABLE).where(isDue(context));
    return matches(context)
        ? MatchEvidence.beside(evidence, lake.read(ProfileMatches.TABLE)).where(isDue(context))
        : evidence;
  }

  private static boolean matches(StageContext context) {
    return context.config().matchings().on().isPresent();
  }

  /**
   * Evidence that came or went since {@code seen}, and what was loaded before but only now has its
   * day.
   */
  static Dataset<Row> evidenceSince(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    Dataset<Row> changed =
        lake.changes(Evidence.TABLE, seen.version(Evidence.TABLE)).where(isDue(context));
    Dataset<Row> due =
        lake.read(Evidence.TABLE)
            .where(isDue(context))
            .where(col(Evidence.EVENT_DATE).gt(lit(Date.valueOf(seen.asOf()))));
    Dataset<Row> news = Evidence.TABLE.conform(changed).union(due);
    return matches(context) ? news.union(matchesSince(context, seen)) : news;
  }

  private static Dataset<Row> matchesSince(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    Dataset<Row> changed =
        lake.changes(ProfileMatches.TABLE, seen.version(ProfileMatches.TABLE)).drop(Lake.CHANGE);
    Dataset<Row> due =
        lake.read(ProfileMatches.TABLE)
            .where(col(ProfileMatches.EVENT_DATE).gt(lit(Date.valueOf(seen.asOf()))));
    return Evidence.TABLE.conform(MatchEvidence.of(changed.unionByName(due)).where(isDue(context)));
  }

  /**
   * Customers whose records changed since {@code seen}: customer_id, from_at.
   *
   * @param others more of them
   */
  static HeldRows affectedSince(StageContext context, SeenInputs seen, Dataset<Row> others) {
    return HoldRows.counted(toBeFound(context, seen, others));
  }

  /** The same, not looked for before they are asked for, where that takes less. */
  static Dataset<Row> affectedToSend(StageContext context, SeenInputs seen, Dataset<Row> others) {
    return toBeFound(context, seen, others).transform(HoldRows::toSend);
  }

  private static Dataset<Row> toBeFound(
      StageContext context, SeenInputs seen, Dataset<Row> others) {
    return context
        .lake()
        .changes(AffectedCustomers.TABLE, seen.version(AffectedCustomers.TABLE))
        .select(AffectedCustomers.CUSTOMER_ID, AffectedCustomers.FROM_AT)
        .unionByName(others)
        .groupBy(AffectedCustomers.CUSTOMER_ID)
        .agg(min(AffectedCustomers.FROM_AT).as(AffectedCustomers.FROM_AT));
  }

  /** The same, of nobody else. */
  static HeldRows affectedSince(StageContext context, SeenInputs seen) {
    Dataset<Row> nobody =
        context
            .lake()
            .spark()
            .createDataFrame(List.of(), AffectedCustomers.TABLE.schema())
            .drop(AffectedCustomers.RUN_ID);
    return affectedSince(context, seen, nobody);
  }

  private static Column isDue(StageContext context) {
    return col(Evidence.EVENT_DATE).leq(lit(Date.valueOf(context.asOf())));
  }
}
