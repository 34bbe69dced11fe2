package io.itinera.core.trail;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.spark.PackRows;
import io.itinera.core.spark.PackRows.Order;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Touchpoints;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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
   * @param touchpoints rows of {@link OwnedTouchpoints}; sessions may be missing, {@link
   *     io.itinera.core.rule.PageRules#PAGE} not where a pattern of a step asks for it
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
        PackRows.walked(
                touches(touchpoints, rules).union(packed(segments, rules)),
                new TallyFunnels(
                    rules.funnels(),
                    List.copyOf(rules.conditions().keySet()),
                    rules.landmark(),
                    micros(until.end()),
                    rules.timeZone()),
                FunnelCount.SCHEMA)
            // How long each customer took may leave the tasks as a median only.
            .repartition(FunnelCount.keys())
            .mapPartitions(new FunnelCount.Together(), Encoders.row(FunnelCount.SCHEMA))
            .collectAsList();
    return new FunnelReport(FunnelCount.summed(counted.iterator()), until.asOf(), rules);
  }

  static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
  }

  /** The touches of customers, and what each is to funnels, to be walked through. */
  static Dataset<Row> touches(Dataset<Row> touchpoints, TrailRules rules) {
    Column[] bits = rules.funnels().stream().map(FunnelRules::bits).toArray(Column[]::new);
    Column[] conditions =
        rules.conditions().values().stream()
            .map(PatternFunctions::expr)
            .map(value -> value.cast("string"))
            .toArray(Column[]::new);
    Column name =
        concat(col(Touchpoints.CHANNEL), lit(":"), coalesce(col(Touchpoints.TYPE), lit("")));
    Map<String, Column> kind = new HashMap<>();
    kind.put(NAME, name);
    kind.put(BITS, array(bits));
    kind.put(CONDITIONS, array(conditions));
    StepPatterns.columns(rules.funnels()).forEach(column -> kind.put(column, col(column)));
    return PackRows.of(
        touchpoints,
        Order.ofTouchpoints(0),
        columns(kind(rules), kind),
        new Column[] {OrderLines.line()});
  }

  /** Segments beside the touches, in front of them. */
  private static Dataset<Row> packed(Dataset<Row> segments, TrailRules rules) {
    Map<String, Column> kind =
        Map.of(SEGMENT_TYPE, col(SEGMENT_TYPE), SEGMENT_VALUE, col(SEGMENT_VALUE));
    Column noLine = lit(null).cast(OrderLines.TYPE).as(OrderLines.LINE);
    return PackRows.of(
        segments, Order.first(col(CUSTOMER)), columns(kind(rules), kind), new Column[] {noLine});
  }

  /** Of what {@link FunnelTouch} is made. */
  private static StructType kind(TrailRules rules) {
    StructType kind =
        new StructType()
            .add(NAME, DataTypes.StringType)
            .add(BITS, DataTypes.createArrayType(DataTypes.LongType))
            .add(CONDITIONS, ColumnTypes.STRINGS)
            .add(SEGMENT_TYPE, DataTypes.StringType)
            .add(SEGMENT_VALUE, DataTypes.StringType);
    for (String column : StepPatterns.columns(rules.funnels())) {
      kind = kind.add(column, DataTypes.StringType);
    }
    return kind;
  }

  /** All of {@code wanted}; null what is not {@code known}. */
  private static Column[] columns(StructType wanted, Map<String, Column> known) {
    return Stream.of(wanted.fields())
        .map(
            field ->
                known.getOrDefault(field.name(), lit(null)).cast(field.dataType()).as(field.name()))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> segment(Dataset<Row> rows, String value, String type, Until until) {
    return rows.where(col(RfmScores.AS_OF).equalTo(lit(Date.valueOf(until.asOf()))))
        .select(
            col(CUSTOMER), lit(type).as(SEGMENT_TYPE), col(value).cast("string").as(SEGMENT_VALUE));
  }
}
