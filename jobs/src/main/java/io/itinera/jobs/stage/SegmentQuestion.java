package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.comparison.CompareSegments;
import io.itinera.core.comparison.ComparisonRules;
import io.itinera.core.comparison.MeasureSegments;
import io.itinera.core.comparison.MeasureSegments.Days;
import io.itinera.core.comparison.SegmentMeasures;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.TrailRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
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
   * @param named those that may be named
   * @param first one of them
   * @param second the other; of customers who are in both none counts
   */
  public record Segments(SegmentRules named, Segment first, Segment second) {}

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

  /**
   * Customers who are in {@code segment}, as of the last night, in the order of their ids.
   *
   * @return all columns of {@link Customers}
   */
  public static Dataset<Row> audience(
      Lake lake, ItineraConfig config, SegmentRules named, Segment segment) {
    SegmentedCustomers customers =
        new SegmentedCustomers(PathQuestion.context(lake, config), named);
    String isIn = customers.add(segment);
    String[] columns = Customers.TABLE.schema().fieldNames();
    return customers.rows().where(col(isIn)).selectExpr(columns).orderBy(Customers.CUSTOMER_ID);
  }

  /** Customers who are in one of the segments, and not in both. */
  private Dataset<Row> members(Segments segments) {
    SegmentedCustomers customers = new SegmentedCustomers(context, segments.named());
    Column isFirst = coalesce(col(customers.add(segments.first())), lit(false));
    Column isSecond = coalesce(col(customers.add(segments.second())), lit(false));
    return customers
        .rows()
        .select(col(Customers.CUSTOMER_ID), isFirst.as(FIRST), isSecond.as(SECOND))
        .where(col(FIRST).notEqual(col(SECOND)))
        .select(col(Customers.CUSTOMER_ID), col(FIRST).as(MeasureSegments.IS_FIRST));
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
        .judged();
  }
}
