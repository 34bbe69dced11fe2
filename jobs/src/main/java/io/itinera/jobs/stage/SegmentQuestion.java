package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.comparison.CompareSegments;
import io.itinera.core.comparison.ComparisonRules;
import io.itinera.core.comparison.MeasureSegments;
import io.itinera.core.comparison.MeasureSegments.Days;
import io.itinera.core.comparison.SegmentMeasures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Personas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.TouchPattern;
import io.itinera.core.trail.TrailRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares two segments of customers as of the last night. */
public final class SegmentQuestion {

  private static final String FIRST = "a";
  private static final String SECOND = "b";

  private final StageContext context;
  private final LocalDate asOf;

  private SegmentQuestion(StageContext context) {
    this.context = context;
    this.asOf = context.asOf();
  }

  /**
   * The segments.
   *
   * @param patterns by name: whether a customer has a match, true or false, is a column that
   *     predicates may use
   * @param first SQL predicate over columns of customers, {@code persona}, {@code persona_id}, and
   *     those of rfm_scores ({@code rfm_segment} for segment)
   * @param second the same; of customers who are in both none counts
   */
  public record Segments(Map<String, TouchPattern> patterns, String first, String second) {

    /** All others: of whom it does not hold, or nobody knows. */
    public static String rest(String first) {
      return "coalesce(NOT (%s), true)".formatted(first);
    }

    /** Those of whom nobody knows, as a value is missing. */
    public static String unknown(String first) {
      return "(%s) IS NULL".formatted(first);
    }
  }

  /**
   * What came out.
   *
   * @param customers how many are in the first segment, and in the second
   * @param rows of {@link CompareSegments#SCHEMA}
   */
  public record Answer(List<Long> customers, List<Row> rows) {}

  /** Compares journeys of the window of paths, and funnels of theirs. */
  public static Answer compare(
      Lake lake, ItineraConfig config, Segments segments, ComparisonRules rules) {
    return new SegmentQuestion(PathQuestion.context(lake, config)).answer(segments, rules);
  }

  private Answer answer(Segments segments, ComparisonRules rules) {
    Dataset<Row> members = members(segments);
    LocalDate first = asOf.minusDays(context.config().paths().windowDays() - 1L);
    SegmentMeasures measures =
        MeasureSegments.measured(
            members, context.lake().read(Journeys.TABLE), new Days(first, asOf), rules);
    if (!context.config().trails().funnels().isEmpty()) {
      measures.addFunnels(funnels(members), FIRST, SECOND);
    }
    return new Answer(measures.customers(), CompareSegments.compared(measures, rules));
  }

  /** Customers who are in one of the segments, and not in both. */
  private Dataset<Row> members(Segments segments) {
    Column isFirst = coalesce(expr(segments.first()).cast("boolean"), lit(false));
    Column isSecond = coalesce(expr(segments.second()).cast("boolean"), lit(false));
    return described(segments.patterns())
        .select(col(Customers.CUSTOMER_ID), isFirst.as(FIRST), isSecond.as(SECOND))
        .where(col(FIRST).notEqual(col(SECOND)))
        .select(col(Customers.CUSTOMER_ID), col(FIRST).as(MeasureSegments.IS_FIRST));
  }

  /** Customers with all that predicates may ask for. */
  private Dataset<Row> described(Map<String, TouchPattern> patterns) {
    Lake lake = context.lake();
    Dataset<Row> scores =
        ofNight(lake.read(RfmScores.TABLE), RfmScores.AS_OF)
            .drop(RfmScores.RECENCY_CLASS, RfmScores.PURCHASE_FREQUENCY_CLASS)
            .withColumnRenamed(RfmScores.SEGMENT, "rfm_segment");
    Dataset<Row> personas =
        ofNight(lake.read(Personas.TABLE), Personas.AS_OF)
            .select(col(Personas.PERSONA_ID), col(Personas.NAME).as("persona"));
    Dataset<Row> theirs =
        ofNight(lake.read(CustomerPersonas.TABLE), CustomerPersonas.AS_OF)
            .select(CustomerPersonas.CUSTOMER_ID, CustomerPersonas.PERSONA_ID)
            .join(broadcast(personas), new String[] {Personas.PERSONA_ID}, "left");
    String[] customer = {Customers.CUSTOMER_ID};
    Dataset<Row> described =
        lake.read(Customers.TABLE).join(scores, customer, "left").join(theirs, customer, "left");
    for (Map.Entry<String, TouchPattern> pattern : patterns.entrySet()) {
      described =
          described
              .join(matching(pattern.getValue(), pattern.getKey()), customer, "left")
              .withColumn(pattern.getKey(), coalesce(col(pattern.getKey()), lit(false)));
    }
    return described;
  }

  private Dataset<Row> ofNight(Dataset<Row> rows, String column) {
    return rows.where(col(column).equalTo(lit(Date.valueOf(asOf)))).drop(column);
  }

  private Dataset<Row> matching(TouchPattern pattern, String name) {
    return MatchTouchpoints.matches(
            ReadOwned.ofEveryone(context, MatchTouchpoints.COLUMNS),
            pattern,
            new AroundMatches(1, 1))
        .select(col(MatchTouchpoints.CUSTOMER).as(Customers.CUSTOMER_ID), lit(true).as(name));
  }

  private List<Row> funnels(Dataset<Row> members) {
    TrailRules rules = context.config().trails();
    List<String> columns = List.of(Touchpoints.TABLE.schema().fieldNames());
    Date first = Date.valueOf(asOf.minusDays(rules.windowDays() - 1L));
    Dataset<Row> segments =
        members.select(
            col(OwnedTouchpoints.CUSTOMER_ID),
            lit("segment").as(CountFunnels.SEGMENT_TYPE),
            when(col(MeasureSegments.IS_FIRST), FIRST)
                .otherwise(SECOND)
                .as(CountFunnels.SEGMENT_VALUE));
    return CountFunnels.report(
            ReadOwned.ofEveryone(context, columns)
                .where(col(Touchpoints.EVENT_DATE).geq(lit(first))),
            segments,
            new Until(asOf, context.asOfEnd()),
            rules)
        .funnels();
  }
}
