package io.itinera.core.trail;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Touchpoints;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Counts customers in funnels, by one Spark job for all funnels. */
public final class CountFunnels {

  static final String CUSTOMER = OwnedTouchpoints.CUSTOMER_ID;
  static final String AT = "at_micros";
  static final String BITS = "funnel_bits";
  static final String NAME = "touch_name";
  static final String CONDITIONS = "condition_values";

  /** What a customer is told apart by, and as what. */
  public static final String SEGMENT_TYPE = "segment_type";

  public static final String SEGMENT_VALUE = "segment_value";

  private static final String PERSONA = "persona";
  private static final String RFM_SEGMENT = "rfm_segment";

  /** Types of segments that may explain who drops; others may be made of what came of it. */
  static final Set<String> EXPLAINING = Set.of(PERSONA, RFM_SEGMENT);

  private CountFunnels() {}

  /**
   * What customers are told apart by.
   *
   * @param personas rows of {@link CustomerPersonas}, of any nights
   * @param rfmScores rows of {@link RfmScores}, of any nights
   */
  public record Groups(Dataset<Row> personas, Dataset<Row> rfmScores) {}

  /**
   * The night.
   *
   * @param asOf its last full day
   * @param end first instant after it
   */
  public record Until(LocalDate asOf, Instant end) {}

  /**
   * Follows every customer through every funnel.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; sessions may be missing
   */
  public static FunnelReport report(
      Dataset<Row> touchpoints, Groups groups, Until until, TrailRules rules) {
    return report(touchpoints, segments(groups, until), until, rules);
  }

  /** One row per customer and group: customer_id, {@link #SEGMENT_TYPE}, {@link #SEGMENT_VALUE}. */
  public static Dataset<Row> segments(Groups groups, Until until) {
    return segment(groups.personas(), CustomerPersonas.PERSONA_ID, PERSONA, until)
        .union(segment(groups.rfmScores(), RfmScores.SEGMENT, RFM_SEGMENT, until));
  }

  /**
   * Follows every customer through every funnel.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; sessions may be missing
   * @param segments customer_id, {@link #SEGMENT_TYPE} and {@link #SEGMENT_VALUE}: of a customer
   *     one value of each type at most
   */
  public static FunnelReport report(
      Dataset<Row> touchpoints, Dataset<Row> segments, Until until, TrailRules rules) {
    List<Row> counted =
        touches(touchpoints, rules)
            .unionByName(segments, true)
            .repartition(col(CUSTOMER))
            .sortWithinPartitions(CUSTOMER, AT, Touchpoints.SEQUENCE, Touchpoints.TOUCHPOINT_ID)
            .mapPartitions(
                new TallyFunnels(
                    rules.funnels(),
                    List.copyOf(rules.conditions().keySet()),
                    rules.landmark(),
                    micros(until.end()),
                    rules.timeZone()),
                Encoders.row(FunnelCount.SCHEMA))
            // How long each customer took may leave the tasks as a median only.
            .repartition(FunnelCount.keys())
            .mapPartitions(new FunnelCount.Together(), Encoders.row(FunnelCount.SCHEMA))
            .collectAsList();
    return new FunnelReport(FunnelCount.summed(counted.iterator()), until.asOf(), rules);
  }

  static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
  }

  /** The touches of customers, and what each is to funnels; not in order yet. */
  static Dataset<Row> touches(Dataset<Row> touchpoints, TrailRules rules) {
    Column[] bits = rules.funnels().stream().map(FunnelRules::bits).toArray(Column[]::new);
    Column[] conditions =
        rules.conditions().values().stream()
            .map(PatternFunctions::expr)
            .map(value -> value.cast("string"))
            .toArray(Column[]::new);
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(CUSTOMER),
                unix_micros(col(Touchpoints.OCCURRED_AT)).as(AT),
                col(Touchpoints.SEQUENCE),
                col(Touchpoints.TOUCHPOINT_ID),
                concat(col(Touchpoints.CHANNEL), lit(":"), coalesce(col(Touchpoints.TYPE), lit("")))
                    .as(NAME),
                OrderLines.line(),
                array(bits).as(BITS),
                array(conditions).cast("array<string>").as(CONDITIONS)));
    if (StepPatterns.areIn(rules.funnels())) {
      StepPatterns.COLUMNS.forEach(column -> columns.add(col(column)));
    }
    return touchpoints.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> segment(Dataset<Row> rows, String value, String type, Until until) {
    return rows.where(col(RfmScores.AS_OF).equalTo(lit(Date.valueOf(until.asOf()))))
        .select(
            col(CUSTOMER), lit(type).as(SEGMENT_TYPE), col(value).cast("string").as(SEGMENT_VALUE));
  }
}
