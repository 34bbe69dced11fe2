package io.itinera.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import io.itinera.core.journey.Carry;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.rule.Hold;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.Seen;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Touchpoints and their sessions to journeys. */
final class JourneysJob {

  private static final List<String> COLUMNS =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.STAGE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SEQUENCE,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.ORDER_ID,
          Touchpoints.REPEATS_TOUCHPOINT_ID,
          Touchpoints.VALUE,
          Touchpoints.SESSION_ID);

  private JourneysJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> stored = lake.read(Journeys.TABLE);
    if (context.seen().isEmpty()) {
      Carry nothing = Carry.nothing(stored);
      lake.overwrite(
          Journeys.TABLE,
          journeys(context, OwnedTouchpoints.ofEveryone(context, COLUMNS), nothing));
      return;
    }
    Dataset<Row> affected = affected(context, context.seen().get(), stored);
    if (affected.isEmpty()) {
      return;
    }
    Carry carry = Carry.of(affected, stored, lake.read(Sessions.TABLE));
    Dataset<Row> touchpoints =
        OwnedTouchpoints.since(context, carry.since(), col(Carry.SINCE), COLUMNS);
    lake.replaceOwners(
        Journeys.TABLE,
        new OwnersSince(Journeys.CUSTOMER_ID, Carry.placeOfJourney(), carry.replaced()),
        journeys(context, touchpoints, carry));
  }

  private static Dataset<Row> journeys(
      StageContext context, Dataset<Row> touchpoints, Carry carry) {
    return CutJourneys.journeys(touchpoints, carry, context.asOfEnd(), context.config().journeys());
  }

  private static Dataset<Row> affected(StageContext context, Seen seen, Dataset<Row> stored) {
    return Changes.affectedSince(context, seen)
        .unionByName(Carry.expired(stored, context.asOfEnd(), context.config().journeys()))
        .groupBy(Journeys.CUSTOMER_ID)
        .agg(min(col(Carry.FROM_AT)).as(Carry.FROM_AT))
        .transform(Hold::of);
  }
}
