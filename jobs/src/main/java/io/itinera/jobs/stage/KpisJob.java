package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.kpi.CountCustomers;
import io.itinera.core.kpi.JudgeGoals;
import io.itinera.core.kpi.KpiRules;
import io.itinera.core.kpi.MeasureTouchpoints;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Touchpoints and sessions to measures of each day.
 *
 * <p>A day is measured anew if its touchpoints or their sessions have changed, or the touchpoints
 * of the day before, whose orders may go on in it. Where only customers turned out to be others,
 * only they are counted anew.
 */
final class KpisJob {

  private static final List<String> COLUMNS = List.of(Touchpoints.TABLE.schema().fieldNames());

  private KpisJob() {}

  static void run(StageContext context) {
    if (context.seen().isEmpty()) {
      everyDay(context);
    } else {
      touchedDays(context, context.seen().get());
    }
  }

  private static void everyDay(StageContext context) {
    Dataset<Row> measures =
        measures(
            context,
            ReadOwned.onDays(context, lit(true), COLUMNS),
            context.lake().read(Sessions.TABLE),
            ReadOwned.ofAnybody(context, lit(true)));
    context.lake().overwrite(TouchpointKpis.TABLE, JudgeGoals.kpis(measures, rules(context)));
  }

  private static void touchedDays(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    Set<LocalDate> anew = touched(context, seen, Touchpoints.TABLE);
    // An order that begins in the evening is none of the day after, on which it may go on.
    List.copyOf(anew).stream()
        .map(day -> day.plusDays(1))
        .filter(day -> !day.isAfter(context.asOf()))
        .forEach(anew::add);
    anew.addAll(touched(context, seen, TouchpointSessions.TABLE));
    // Loaded before, but only now their day has come.
    anew.addAll(seen.asOf().datesUntil(context.asOf()).map(day -> day.plusDays(1)).toList());
    Set<LocalDate> recounted = touched(context, seen, CustomerDays.TABLE);
    recounted.removeAll(anew);
    Set<LocalDate> all = new TreeSet<>(anew);
    all.addAll(recounted);
    if (all.isEmpty()) {
      return;
    }
    Dataset<Row> measures = lake.read(TouchpointKpis.TABLE).where(isOn(recounted));
    if (!recounted.isEmpty()) {
      measures = CountCustomers.recounted(measures, owned(context, recounted), rules(context));
    }
    if (!anew.isEmpty()) {
      measures = measures(context, anew).unionByName(measures, true);
    }
    // They are grouped by what their key is: none comes twice.
    lake.replaceUnchecked(
        TouchpointKpis.TABLE,
        Slice.of(TouchpointKpis.TABLE, all),
        JudgeGoals.kpis(measures, rules(context)));
  }

  private static Set<LocalDate> touched(StageContext context, SeenInputs seen, Table table) {
    Set<LocalDate> days = new TreeSet<>();
    context.lake().touchedPartitions(table, seen.version(table)).stream()
        .map(LocalDate::parse)
        .filter(day -> !day.isAfter(context.asOf()))
        .forEach(days::add);
    return days;
  }

  private static Column isOn(Set<LocalDate> days) {
    Object[] dates = days.stream().map(Date::valueOf).toArray();
    return dates.length == 0 ? lit(false) : col(Touchpoints.EVENT_DATE).isin(dates);
  }

  private static Dataset<Row> measures(StageContext context, Set<LocalDate> days) {
    Set<LocalDate> withEvesOf = new TreeSet<>(days);
    days.forEach(day -> withEvesOf.add(day.minusDays(1)));
    return measures(
        context,
        ReadOwned.onDays(context, isOn(days), COLUMNS),
        sessions(context, days),
        ReadOwned.ofAnybody(context, isOn(withEvesOf)));
  }

  private static Dataset<Row> measures(
      StageContext context,
      Dataset<Row> touchpoints,
      Dataset<Row> sessions,
      Dataset<Row> conversions) {
    return MeasureTouchpoints.measures(
        RecallSessions.beside(touchpoints, sessions, context.config().sessions()),
        conversions,
        rules(context));
  }

  /** Sessions that may have touchpoints on one of {@code days}, of which there are some. */
  private static Dataset<Row> sessions(StageContext context, Set<LocalDate> days) {
    ZoneId zone = context.config().timeZone();
    List<LocalDate> sorted = days.stream().sorted().toList();
    LocalDate after = sorted.get(sorted.size() - 1).plusDays(1);
    return context
        .lake()
        .read(Sessions.TABLE)
        .where(
            col(Sessions.ENDED_AT)
                .geq(start(sorted.get(0), zone))
                .and(col(Sessions.STARTED_AT).lt(start(after, zone)))
                .and(col(Sessions.EVENT_DATE).lt(lit(Date.valueOf(after)))));
  }

  private static Column start(LocalDate day, ZoneId zone) {
    return lit(Timestamp.from(day.atStartOfDay(zone).toInstant()));
  }

  private static Dataset<Row> owned(StageContext context, Set<LocalDate> days) {
    return ReadOwned.onDays(context, isOn(days), COLUMNS)
        .where(col(OwnedTouchpoints.CUSTOMER_ID).isNotNull());
  }

  private static KpiRules rules(StageContext context) {
    return context.config().kpis();
  }
}
