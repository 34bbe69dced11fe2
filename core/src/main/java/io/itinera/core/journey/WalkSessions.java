package io.itinera.core.journey;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.SessionEnd;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Sessions as ways of their own: what was done in each, one step a touchpoint. */
public final class WalkSessions {

  private static final String SESSION = OwnedTouchpoints.SESSION_ID;
  private static final String STEP = "step";
  private static final StructType WAY =
      new StructType()
          .add(SESSION, DataTypes.StringType)
          .add(Journeys.PATH, ColumnTypes.STRINGS)
          .add(Journeys.PATH_AT, ColumnTypes.TIMESTAMPS);

  private WalkSessions() {}

  /**
   * One row per session, in columns of {@link Journeys}: whose it is, its path, how and when it
   * ended.
   *
   * <p>A session is converted if it holds a conversion, open while its silence is not over, and
   * else abandoned. Its steps are touchpoints, called and repeated as {@code rules} say; whether a
   * step of a journey is a session does not matter. Touchpoints of one instant are in the order
   * that they have everywhere.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}
   * @param sessions rows of {@link Sessions} that are wanted
   */
  public static Dataset<Row> ways(
      Dataset<Row> touchpoints, Dataset<Row> sessions, JourneyRules rules) {
    Dataset<Row> inTurn =
        touchpoints
            .where(col(SESSION).isNotNull())
            .select(
                col(SESSION),
                col(Touchpoints.OCCURRED_AT),
                col(Touchpoints.SEQUENCE),
                col(Touchpoints.TOUCHPOINT_ID),
                CutJourneys.label(rules).as(STEP))
            .repartition(col(SESSION))
            .sortWithinPartitions(
                SESSION, Touchpoints.OCCURRED_AT, Touchpoints.SEQUENCE, Touchpoints.TOUCHPOINT_ID);
    Dataset<Row> ways =
        FoldInTurn.rows(
            inTurn,
            new StepsInTurn(rules.repeats()),
            WAY,
            List.of(SESSION, STEP, Touchpoints.OCCURRED_AT));
    Column outcome =
        when(col(Sessions.CONVERTED), JourneyOutcome.CONVERTED.text())
            .when(
                col(Sessions.END_REASON).equalTo(SessionEnd.OPEN.text()),
                JourneyOutcome.OPEN.text())
            .otherwise(JourneyOutcome.ABANDONED.text());
    return sessions
        .join(ways, new String[] {SESSION}, "inner")
        .select(
            col(SESSION).as(Journeys.JOURNEY_ID),
            col(Sessions.CUSTOMER_ID).as(Journeys.CUSTOMER_ID),
            outcome.as(Journeys.OUTCOME),
            col(Sessions.EVENT_DATE).as(Journeys.ENDED_ON),
            col(Journeys.PATH),
            col(Journeys.PATH_AT));
  }

  /** Touchpoints, those of a session one behind another, to one row a session. */
  private static final class StepsInTurn implements FoldInTurn.Folded {

    private static final long serialVersionUID = 1;

    private final Repeats repeats;

    private transient UTF8String session;
    private transient StepNames steps;

    private StepsInTurn(Repeats repeats) {
      this.repeats = repeats;
    }

    @Override
    public List<Object[]> take(FoldInTurn.Given row) {
      List<Object[]> before = List.of();
      UTF8String id = row.text(0);
      if (!id.equals(session)) {
        before = end();
        session = id.copy();
        steps = new StepNames(repeats);
      }
      steps.add(row.text(1).copy(), row.number(2));
      return before;
    }

    @Override
    public List<Object[]> end() {
      if (session == null) {
        return List.of();
      }
      StepNames told = steps.finished();
      Object[] way = {
        session,
        SparkValues.list(told.names().toArray()),
        SparkValues.list(told.instants().toArray())
      };
      session = null;
      return List.<Object[]>of(way);
    }
  }
}
