package io.itinera.core.kpi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;

import io.itinera.core.rule.BusinessHours;
import io.itinera.core.spark.BusinessTime;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * What is measured of touchpoints, and what they are for.
 *
 * @param locationGroup expression over columns of touchpoints: places that are measured together
 * @param isAction expression over columns of touchpoints: whether the customer does something where
 *     it is, rather than come to another place
 * @param service what tells how customers were served
 * @param goals what touchpoints are for; the first that is about one counts
 * @param conversionTypes touchpoint types that are conversions
 * @param hours business hours, of which expressions may ask
 */
public record KpiRules(
    String locationGroup,
    String isAction,
    Service service,
    List<Goal> goals,
    Set<String> conversionTypes,
    BusinessHours hours) {

  /** What stands for a place that nobody recorded. */
  public static final String NOWHERE = "(none)";

  public KpiRules {
    goals = List.copyOf(goals);
    conversionTypes = Set.copyOf(conversionTypes);
  }

  /** What a touchpoint is measured by: day, channel, type and group of places. */
  Column[] key() {
    return new Column[] {
      col(TouchpointKpis.EVENT_DATE),
      known(col(Touchpoints.CHANNEL)).as(TouchpointKpis.CHANNEL),
      known(col(Touchpoints.TYPE)).as(TouchpointKpis.TYPE),
      known(value(locationGroup).cast("string")).as(TouchpointKpis.LOCATION_GROUP)
    };
  }

  /** The value of one of these expressions; null where it cannot be computed. */
  Column value(String expression) {
    return BusinessTime.over(expression, hours);
  }

  private static Column known(Column text) {
    return coalesce(nullif(trim(text), lit("")), lit(NOWHERE));
  }

  /**
   * Expressions over columns of touchpoints; null where a source does not tell.
   *
   * @param queueSeconds how long the customer waited for somebody
   * @param holdSeconds how long the customer was on hold
   * @param handleSeconds how long somebody was busy with it, talk, hold and work after it
   * @param isSolvedAtOnce whether the first contact solved it
   * @param isReopened whether it was taken up again after it was solved
   * @param replyMinutes minutes to the first reply, around the clock
   * @param replyBusinessMinutes minutes to the first reply, within business hours
   */
  public record Service(
      String queueSeconds,
      String holdSeconds,
      String handleSeconds,
      String isSolvedAtOnce,
      String isReopened,
      String replyMinutes,
      String replyBusinessMinutes) {}

  /**
   * What touchpoints are for, and how it is measured.
   *
   * @param channels channels it is about; none: all
   * @param types touchpoint types it is about; none: all
   * @param goal what they are for, in words
   * @param kpi name of the measure
   * @param value expression over the measures of touchpoint_kpis
   * @param target what the measure should come to
   */
  public record Goal(
      Set<String> channels,
      Set<String> types,
      String goal,
      String kpi,
      String value,
      double target) {

    public Goal {
      channels = Set.copyOf(channels);
      types = Set.copyOf(types);
    }
  }
}
