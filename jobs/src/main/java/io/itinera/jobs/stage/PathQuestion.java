package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.itinera.core.path.LookAround;
import io.itinera.core.path.LookAround.Anchor;
import io.itinera.core.process.ProcessRules;
import io.itinera.core.process.ProcessRules.Part;
import io.itinera.core.process.ProcessView;
import io.itinera.core.process.WatchProcess;
import io.itinera.core.segment.ClusterRules;
import io.itinera.core.segment.PathClusters;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Runs;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Asks the touchpoints of customers for a pattern, outside of a night. */
public final class PathQuestion {

  /** So many events a task holds in memory, at {@value} × 40 bytes. */
  private static final long EVENTS_OF_TASK = 1_000_000;

  private PathQuestion() {}

  /**
   * The matches of {@code pattern} up to the last night.
   *
   * @param whose matches
   * @return as {@link MatchTouchpoints#matches}
   */
  public static Dataset<Row> matches(
      Asked asked, Whose whose, TouchPattern pattern, AroundMatches around) {
    StageContext context = context(asked.lake(), asked.config());
    Dataset<Row> touchpoints = ReadPages.of(context, pattern);
    return MatchTouchpoints.matches(whose.only(context, touchpoints), pattern, around);
  }

  /**
   * What journeys in the window of paths do around a step.
   *
   * @param whose journeys
   * @return as {@link LookAround#around}
   */
  public static Dataset<Row> around(Asked asked, Whose whose, Anchor anchor) {
    StageContext context = context(asked.lake(), asked.config());
    return LookAround.around(
        whose.only(context, asked.lake().read(Journeys.TABLE)),
        context.asOf(),
        asked.config().paths(),
        anchor);
  }

  /** Clusters of customers by their journeys in the window of paths. */
  public static PathClusters clusters(Asked asked, ClusterRules rules) {
    return clusters(context(asked.lake(), asked.config()), rules);
  }

  static PathClusters clusters(StageContext context, ClusterRules rules) {
    LocalDate last = context.asOf();
    LocalDate first = last.minusDays(context.config().paths().windowDays() - 1L);
    Column day = col(Journeys.ENDED_ON);
    return PathClusters.of(
        context
            .lake()
            .read(Journeys.TABLE)
            .where(day.geq(lit(Date.valueOf(first))).and(day.leq(lit(Date.valueOf(last))))),
        rules);
  }

  /** Who is asked. */
  public record Asked(Lake lake, ItineraConfig config) {}

  /**
   * Whose touchpoints are meant.
   *
   * @param named segments that may be named
   * @param segment of customers; empty for all
   */
  public record Whose(SegmentRules named, Optional<Segment> segment) {

    /** The rows of {@code rows} that belong to one of them. */
    private Dataset<Row> only(StageContext context, Dataset<Row> rows) {
      return segment
          .map(
              those ->
                  rows.join(
                      SegmentedCustomers.in(context, named, those),
                      new String[] {Customers.CUSTOMER_ID},
                      "left_semi"))
          .orElse(rows);
    }
  }

  /** What a case of the process is. */
  public enum CaseOf {
    /** All that a customer did. */
    CUSTOMER,
    /** A session. */
    SESSION,
    /** A journey. */
    JOURNEY
  }

  /**
   * The process of all cases up to the last night.
   *
   * @param whose cases
   * @param label SQL expression over columns of {@link Touchpoints}: what an event is called
   */
  public static ProcessView process(Asked asked, Whose whose, CaseOf cases, Label label) {
    Lake lake = asked.lake();
    StageContext context = context(lake, asked.config());
    List<String> columns = List.of(Touchpoints.TABLE.schema().fieldNames());
    Dataset<Row> touchpoints = whose.only(context, ReadOwned.ofEveryone(context, columns));
    long rows = lake.rowCount(Touchpoints.TABLE).orElse(EVENTS_OF_TASK);
    ProcessRules rules =
        new ProcessRules(
            EnumSet.allOf(Part.class),
            asked.config().intended(),
            label.mostVariants(),
            (int) (rows / EVENTS_OF_TASK) + 1);
    Column name = expr(label.sql());
    return switch (cases) {
      case CUSTOMER ->
          WatchProcess.ofCases(touchpoints, col(OwnedTouchpoints.CUSTOMER_ID), name, rules);
      case SESSION ->
          WatchProcess.ofCases(
              touchpoints.join(
                  lake.read(TouchpointSessions.TABLE),
                  new String[] {Touchpoints.TOUCHPOINT_ID, Touchpoints.EVENT_DATE},
                  "inner"),
              col(TouchpointSessions.SESSION_ID),
              name,
              rules);
      case JOURNEY ->
          WatchProcess.ofJourneys(
              touchpoints, whose.only(context, lake.read(Journeys.TABLE)), name, rules);
    };
  }

  /**
   * How events are told.
   *
   * @param sql expression over columns of touchpoints: what one is called
   * @param mostVariants so many whole paths
   */
  public record Label(String sql, int mostVariants) {}

  static StageContext context(Lake lake, ItineraConfig config) {
    return new StageContext(lake, config, new Night("question", asOf(lake, config), false));
  }

  private static LocalDate asOf(Lake lake, ItineraConfig config) {
    Row last =
        lake.read(Runs.TABLE)
            .where(col(Runs.STATUS).equalTo(RunStatus.SUCCEEDED.text()))
            .agg(max(Runs.AS_OF))
            .first();
    return last.isNullAt(0) ? Night.dayToRun(config) : last.getDate(0).toLocalDate();
  }
}
