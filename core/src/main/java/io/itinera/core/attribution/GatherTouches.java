package io.itinera.core.attribution;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.attribution.AttributionRules.Touch;
import io.itinera.core.spark.PackRows;
import io.itinera.core.spark.PackRows.Order;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gathers, for each journey that has ended, the touches that may have credit for it. */
public final class GatherTouches {

  /** Columns of {@link Touchpoints} that are read. */
  public static final List<String> COLUMNS =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SEQUENCE,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.CAMPAIGN);

  /** Stands for a campaign that nobody named. */
  public static final String NONE = "(none)";

  static final String CUSTOMER = OwnedTouchpoints.CUSTOMER_ID;
  static final String IS_TOUCH = "is_touch";
  static final String JOURNEY = Journeys.JOURNEY_ID;
  static final String OUTCOME = Journeys.OUTCOME;
  static final String CONVERSION = Journeys.CONVERSION_TOUCHPOINT_ID;
  static final String REVENUE = Journeys.REVENUE;
  static final String ENDED = "ended_micros";
  static final String KIND = "kind";
  static final String CONTACT = "contact_channel";
  static final String CHANNEL = Touchpoints.MARKETING_CHANNEL;
  static final String CAMPAIGN = Touchpoints.CAMPAIGN;

  private GatherTouches() {}

  /**
   * One row per journey of the window that has ended.
   *
   * <p>A touch is a touchpoint with a marketing channel that is no conversion; what has none, such
   * as a call, is no marketing. Journeys and touchpoints meet in their order: each customer's
   * touchpoints from the place on where a journey begins are its own.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints} with {@link #COLUMNS}
   * @param journeys rows of {@link Journeys}, all of them
   * @return rows of {@link EndedJourneys#SCHEMA}
   */
  public static Dataset<Row> touches(
      Dataset<Row> touchpoints, Dataset<Row> journeys, LocalDate asOf, AttributionRules rules) {
    return PackRows.walked(
        heads(journeys, asOf, rules).union(touchpoints(touchpoints, rules)),
        new EndedJourneys.Finder(
            rules.lookback().toNanos() / 1_000,
            rules.directChannels(),
            rules.touch() == Touch.VISIT),
        EndedJourneys.SCHEMA);
  }

  private static Dataset<Row> heads(Dataset<Row> journeys, LocalDate asOf, AttributionRules rules) {
    Column isInWindow =
        rules
            .windowDays()
            .map(days -> col(Journeys.ENDED_ON).gt(lit(asOf.minusDays(days))))
            .orElse(lit(true))
            .and(col(OUTCOME).notEqual(JourneyOutcome.OPEN.text()));
    return PackRows.of(
        journeys,
        // In front of the touchpoint whose place it has.
        new Order(
            col(CUSTOMER),
            unix_micros(col(Journeys.STARTED_AT)),
            col(Journeys.FIRST_SEQUENCE),
            col(Journeys.FIRST_TOUCHPOINT_ID),
            0),
        new Column[] {
          lit(false).as(IS_TOUCH), none(KIND), none(CONTACT), none(CHANNEL), none(CAMPAIGN)
        },
        new Column[] {
          col(JOURNEY),
          // Without an outcome it only ends what was before it.
          when(isInWindow, col(OUTCOME)).as(OUTCOME),
          col(CONVERSION),
          coalesce(col(REVENUE), lit(0)).multiply(lit(10_000)).cast("bigint").as(REVENUE),
          unix_micros(col(Journeys.ENDED_AT)).as(ENDED)
        });
  }

  private static Column none(String name) {
    return lit(null).cast("string").as(name);
  }

  private static Dataset<Row> touchpoints(Dataset<Row> touchpoints, AttributionRules rules) {
    Column isConversion = col(Touchpoints.TYPE).isin(rules.conversionTypes().toArray());
    return PackRows.of(
        touchpoints.where(isConversion.or(col(CHANNEL).isNotNull())),
        Order.ofTouchpoints(1),
        new Column[] {
          lit(true).as(IS_TOUCH),
          when(isConversion, col(Touchpoints.TYPE)).as(KIND),
          col(Touchpoints.CHANNEL).as(CONTACT),
          col(CHANNEL),
          coalesce(col(CAMPAIGN), lit(NONE)).as(CAMPAIGN)
        },
        new Column[] {
          none(JOURNEY),
          none(OUTCOME),
          none(CONVERSION),
          lit(null).cast("bigint").as(REVENUE),
          lit(null).cast("bigint").as(ENDED)
        });
  }
}
