package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.itinera.core.journey.FollowWay;
import io.itinera.core.journey.WayRules;
import io.itinera.core.rule.Place;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.StageJourneys;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Touchpoints to journeys along a configured way of stages. Few touchpoints reach a stage, so
 * affected customers are followed from their first one.
 */
final class WayJob {

  private static final List<String> COLUMNS = List.of(Touchpoints.TABLE.schema().fieldNames());
  private static final Column EVER = timestamp_seconds(lit(0L));
  private static final Column FIRST_DAY = lit(Date.valueOf(LocalDate.EPOCH.minusDays(1)));
  private static final String SINCE = "since";

  private WayJob() {}

  static void run(StageContext context, WayRules rules) {
    Lake lake = context.lake();
    if (context.seen().isEmpty()) {
      Dataset<Row> all = ReadOwned.ofEveryone(context, COLUMNS);
      lake.overwrite(rules.table(), FollowWay.journeys(all, context.asOfEnd(), rules));
      return;
    }
    HeldRows found =
        UnseenChanges.affectedSince(
            context,
            context.seen().get(),
            FollowWay.expired(lake.read(rules.table()), context.asOfEnd(), rules));
    if (found.areNone()) {
      return;
    }
    Dataset<Row> affected = found.toJoin().select(AffectedCustomers.CUSTOMER_ID);
    Dataset<Row> touchpoints = ReadOwned.since(context, affected, Place.before(EVER), COLUMNS);
    lake.replaceOwners(
        rules.table(),
        new OwnersSince(
            StageJourneys.CUSTOMER_ID,
            col(StageJourneys.ENDED_ON),
            affected.withColumn(SINCE, FIRST_DAY)),
        FollowWay.journeys(touchpoints, context.asOfEnd(), rules));
  }
}
