package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.journey.CarryJourneys;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Touchpoints and sessions to journeys. */
final class JourneysJob {

  static final List<String> COLUMNS =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.EVENT_DATE,
          Touchpoints.STAGE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SEQUENCE,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.ORDER_ID,
          Touchpoints.REPEATS_TOUCHPOINT_ID,
          Touchpoints.VALUE,
          Touchpoints.SOURCE,
          Touchpoints.SOURCE_SESSION);

  private JourneysJob() {}

  /** What journeys are made of; names of pages may be of any column. */
  private static List<String> columns(StageContext context) {
    boolean isOfPages = context.config().journeys().stepLabel() == StepLabel.PAGE;
    return isOfPages ? List.of(Touchpoints.TABLE.schema().fieldNames()) : COLUMNS;
  }

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> stored = lake.read(Journeys.TABLE);
    Dataset<Row> sessions = lake.read(Sessions.TABLE);
    if (context.seen().isEmpty()) {
      CarryJourneys nothing = CarryJourneys.nothing(stored);
      Dataset<Row> touchpoints =
          RecallSessions.beside(
              ReadOwned.ofEveryone(context, columns(context)),
              sessions,
              context.config().sessions());
      lake.overwrite(Journeys.TABLE, journeys(context, touchpoints, nothing));
      return;
    }
    Dataset<Row> affected =
        UnseenChanges.affectedToSend(
            context,
            context.seen().get(),
            CarryJourneys.expired(stored, context.asOfEnd(), context.config().journeys()));
    CarryJourneys.ofAny(affected, stored, sessions, context.config().journeys())
        .ifPresent(carry -> replace(context, carry));
  }

  private static void replace(StageContext context, CarryJourneys carry) {
    Lake lake = context.lake();
    Dataset<Row> sessions = lake.read(Sessions.TABLE);
    Dataset<Row> touchpoints =
        RecallSessions.beside(
            ReadOwned.since(context, carry.since(), col(CarryJourneys.SINCE), columns(context)),
            sessions.join(carry.since(), new String[] {Sessions.CUSTOMER_ID}, "left_semi"),
            context.config().sessions());
    lake.replaceOwnersAndKeys(
        Journeys.TABLE,
        new OwnersSince(Journeys.CUSTOMER_ID, CarryJourneys.placeOfJourney(), carry.replaced()),
        journeys(context, touchpoints, carry));
  }

  private static Dataset<Row> journeys(
      StageContext context, Dataset<Row> touchpoints, CarryJourneys carry) {
    return CutJourneys.journeys(touchpoints, carry, context.asOfEnd(), context.config().journeys());
  }
}
