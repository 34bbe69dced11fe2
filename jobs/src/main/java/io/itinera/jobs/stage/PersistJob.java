package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.itinera.core.persistence.PersistValues;
import io.itinera.core.rule.Place;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.TouchpointDimensions;
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
 * Touchpoints and sessions to the values that count at each touchpoint. What was set long ago may
 * still count, so affected customers are followed from their first touchpoint.
 */
final class PersistJob {

  private static final List<String> COLUMNS = List.of(Touchpoints.TABLE.schema().fieldNames());
  private static final Column EVER = timestamp_seconds(lit(0L));
  private static final Column FIRST_DAY = lit(Date.valueOf(LocalDate.EPOCH.minusDays(1)));
  private static final String SINCE = "since";

  private PersistJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> sessions = lake.read(Sessions.TABLE);
    if (context.seen().isEmpty()) {
      lake.overwrite(
          TouchpointDimensions.TABLE,
          values(context, ReadOwned.ofEveryone(context, COLUMNS), sessions));
      return;
    }
    HeldRows found = UnseenChanges.affectedSince(context, context.seen().get());
    if (found.areNone()) {
      return;
    }
    Dataset<Row> affected = found.toJoin().select(AffectedCustomers.CUSTOMER_ID);
    Dataset<Row> touchpoints = ReadOwned.since(context, affected, Place.before(EVER), COLUMNS);
    lake.replaceOwners(
        TouchpointDimensions.TABLE,
        new OwnersSince(
            TouchpointDimensions.CUSTOMER_ID,
            col(TouchpointDimensions.EVENT_DATE),
            affected.withColumn(SINCE, FIRST_DAY)),
        values(
            context,
            touchpoints,
            sessions.join(affected, new String[] {Sessions.CUSTOMER_ID}, "left_semi")));
  }

  private static Dataset<Row> values(
      StageContext context, Dataset<Row> touchpoints, Dataset<Row> sessions) {
    return PersistValues.values(
        RecallSessions.recall(touchpoints, sessions, context.config().sessions()),
        context.config().dimensions());
  }
}
