package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.itinera.core.session.RestartSessions;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the session of touchpoints, where it is another one than stored. */
final class StoreTouchpointSessions {

  private static final String MET_DAY = "met_day";
  private static final String CHANGE = "change";
  private static final String GOING_ID = "going_id";
  private static final String GOING_DATE = "going_date";

  private StoreTouchpointSessions() {}

  /**
   * The touchpoints that are stored with given sessions.
   *
   * @param met as {@link RestartSessions#met} gives them
   * @return rows of {@link TouchpointSessions} with {@link RestartSessions#IS_KEPT}; held
   */
  static Dataset<Row> members(StageContext context, Dataset<Row> met) {
    return (context.mode().isLittle() ? amongAll(context.lake(), met) : ofDays(context, met))
        .drop(RestartSessions.MET_SESSION)
        .transform(HoldRows::of);
  }

  /** To read all days takes less than to ask which. */
  private static Dataset<Row> amongAll(Lake lake, Dataset<Row> met) {
    return lake.read(TouchpointSessions.TABLE)
        .join(
            met.select(RestartSessions.MET_SESSION, RestartSessions.IS_KEPT), isMember(), "inner");
  }

  private static Dataset<Row> ofDays(StageContext context, Dataset<Row> met) {
    String zone = context.config().timeZone().getId();
    Column days =
        sequence(dayOf(col(Sessions.STARTED_AT), zone), dayOf(col(Sessions.ENDED_AT), zone));
    HeldRows sessions =
        HoldRows.dated(
            met.select(
                col(RestartSessions.MET_SESSION),
                col(RestartSessions.IS_KEPT),
                explode(days).as(MET_DAY)),
            MET_DAY);
    return context
        .lake()
        .read(TouchpointSessions.TABLE)
        .where(isOn(sessions.days()))
        .join(
            sessions.toJoin(),
            isMember().and(col(TouchpointSessions.EVENT_DATE).equalTo(col(MET_DAY))),
            "inner")
        .drop(MET_DAY);
  }

  private static Column isMember() {
    return col(TouchpointSessions.SESSION_ID).equalTo(col(RestartSessions.MET_SESSION));
  }

  private static Column isOn(Set<LocalDate> days) {
    return col(TouchpointSessions.EVENT_DATE).isin(days.toArray());
  }

  private static Column dayOf(Column instant, String zone) {
    return to_date(from_utc_timestamp(instant, zone));
  }

  /**
   * Rewrites the days on which touchpoints change their session; without any, nothing is written.
   *
   * @param members as {@link #members} gives them; those that are not kept and that {@code
   *     assigned} lacks go
   * @param assigned touchpoints with their sessions, new or not
   */
  static void changed(Lake lake, Dataset<Row> members, Dataset<Row> assigned) {
    Dataset<Row> before =
        members
            .where(col(RestartSessions.IS_KEPT).equalTo(false))
            .transform(TouchpointSessions.TABLE::conform)
            .withColumn(CHANGE, lit(-1));
    Dataset<Row> after = TouchpointSessions.TABLE.conform(assigned).withColumn(CHANGE, lit(1));
    Column[] all =
        List.of(TouchpointSessions.TABLE.schema().fieldNames()).stream()
            .map(name -> col(name))
            .toArray(Column[]::new);
    HeldRows changes =
        HoldRows.dated(
            after
                .union(before)
                .groupBy(all)
                .agg(sum(CHANGE).as(CHANGE))
                .where(col(CHANGE).notEqual(0)),
            TouchpointSessions.EVENT_DATE);
    Dataset<Row> going =
        changes
            .toJoin()
            .where(col(CHANGE).lt(0))
            .select(
                col(TouchpointSessions.TOUCHPOINT_ID).as(GOING_ID),
                col(TouchpointSessions.EVENT_DATE).as(GOING_DATE));
    Column goes =
        col(TouchpointSessions.TOUCHPOINT_ID)
            .equalTo(col(GOING_ID))
            .and(col(TouchpointSessions.EVENT_DATE).equalTo(col(GOING_DATE)));
    Dataset<Row> onTheseDays = lake.read(TouchpointSessions.TABLE).where(isOn(changes.days()));
    lake.replacePartitions(
        TouchpointSessions.TABLE,
        changes.days(),
        onTheseDays.join(going, goes, "left_anti"),
        changes.rows().where(col(CHANGE).gt(0)));
    lake.checkWrittenKeys(
        TouchpointSessions.TABLE, lake.read(TouchpointSessions.TABLE).where(isOn(changes.days())));
  }
}
