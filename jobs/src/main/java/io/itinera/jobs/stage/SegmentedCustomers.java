package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.segment.FindBorder;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Personas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FollowFunnel;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers, and in which segments they are, as of the last night. */
final class SegmentedCustomers {

  private static final String[] CUSTOMER = {Customers.CUSTOMER_ID};

  private final StageContext context;
  private final SegmentRules named;
  private Dataset<Row> rows;
  private int added;

  /**
   * All customers.
   *
   * @param named segments that may be named
   */
  SegmentedCustomers(StageContext context, SegmentRules named) {
    this.context = context;
    this.named = named;
    this.rows = described();
  }

  /** Those who are in {@code segment}: nothing but their ids. */
  static Dataset<Row> in(StageContext context, SegmentRules named, Segment segment) {
    SegmentedCustomers customers = new SegmentedCustomers(context, named);
    String isIn = customers.add(segment);
    return customers.rows().where(col(isIn)).select(Customers.CUSTOMER_ID);
  }

  /**
   * Whether customers are in the segments of {@code names}: one row per customer and segment.
   *
   * @return customer_id, {@link CountFunnels#SEGMENT_TYPE} and {@link CountFunnels#SEGMENT_VALUE}:
   *     segment: and the name, and true, false or (unknown)
   */
  static Dataset<Row> told(StageContext context, SegmentRules named, List<String> names) {
    SegmentedCustomers customers = new SegmentedCustomers(context, named);
    Column[] told =
        names.stream()
            .map(
                name ->
                    struct(
                        lit("segment:" + name).as(CountFunnels.SEGMENT_TYPE),
                        coalesce(
                                col(customers.add(new Segment.Named(name))).cast("string"),
                                lit("(unknown)"))
                            .as(CountFunnels.SEGMENT_VALUE)))
            .toArray(Column[]::new);
    return customers.rows().select(col(Customers.CUSTOMER_ID), inline(array(told)));
  }

  /** One row per customer, with a column for each segment that was added. */
  Dataset<Row> rows() {
    return rows;
  }

  /**
   * Says of each customer whether they are in {@code segment}.
   *
   * @return the column that says so; null where it is unknown
   */
  String add(Segment segment) {
    String column = "is_in_segment_" + added++;
    add(column, segment);
    return column;
  }

  private void add(String column, Segment segment) {
    addThose(segment);
    Column isIn = isIn(segment);
    // Only now: what it asks for may have been added to the rows.
    rows = rows.withColumn(column, isIn);
  }

  /** The segments that {@code segment} names become columns of that name. */
  private void addThose(Segment segment) {
    for (String name : named.namesIn(segment)) {
      if (!List.of(rows.columns()).contains(name)) {
        add(name, named.named().get(name));
      }
    }
  }

  private Column isIn(Segment segment) {
    if (segment instanceof Segment.Predicate predicate) {
      return expr(predicate.sql()).cast("boolean");
    }
    if (segment instanceof Segment.Named other) {
      return col(other.name());
    }
    if (segment instanceof Segment.Not other) {
      return not(col(add(other.segment())));
    }
    if (segment instanceof Segment.Rest other) {
      return not(coalesce(col(add(other.segment())), lit(false)));
    }
    if (segment instanceof Segment.Unknown other) {
      return col(add(other.segment())).isNull();
    }
    if (segment instanceof Segment.Matching matching) {
      return isAmong(matching(matching.pattern()));
    }
    if (segment instanceof Segment.InFunnel funnel) {
      return isAmong(inFunnel(funnel));
    }
    if (segment instanceof Segment.InCluster cluster) {
      return isAmong(PathQuestion.clusters(context, cluster.rules()).members(cluster.number()));
    }
    return isBeyond((Segment.Quantile) segment);
  }

  /** Whether a customer is one of {@code ids}, each of which is there once. */
  private Column isAmong(Dataset<Row> ids) {
    String column = "is_among_" + added++;
    rows =
        rows.join(ids.toDF(Customers.CUSTOMER_ID).withColumn(column, lit(true)), CUSTOMER, "left");
    return coalesce(col(column), lit(false));
  }

  private Column isBeyond(Segment.Quantile quantile) {
    String value = "metric_" + added++;
    rows = rows.withColumn(value, expr(quantile.metric()));
    // A value by now, not a table to join: a plan that has been sorted on the driver's thread for a
    // broadcast cannot be sent to the tasks of the plan around it.
    Row border = FindBorder.border(rows, col(value), quantile.share()).first();
    Column least = border.isNullAt(0) ? lit(null) : lit(border.get(0));
    Column isAbove = coalesce(col(value).geq(least), lit(false));
    return when(col(value).isNotNull(), quantile.isAbove() ? isAbove : not(isAbove));
  }

  private Dataset<Row> matching(TouchPattern pattern) {
    return MatchTouchpoints.matches(
            ReadPages.of(context, pattern), pattern, new AroundMatches(1, 1))
        .select(MatchTouchpoints.CUSTOMER);
  }

  private Dataset<Row> inFunnel(Segment.InFunnel segment) {
    Date first =
        Date.valueOf(context.asOf().minusDays(context.config().trails().windowDays() - 1L));
    Dataset<Row> touchpoints =
        ReadPages.of(context, List.of(segment.funnel()))
            .where(col(Touchpoints.EVENT_DATE).geq(lit(first)));
    Until until = new Until(context.asOf(), context.asOfEnd());
    Dataset<Row> taken = FollowFunnel.taken(touchpoints, segment.funnel(), until);
    Column isStep = col(FollowFunnel.STEP).equalTo(segment.step());
    Column isStop = isStep.and(not(col(FollowFunnel.WENT_ON)));
    Column ending = col(FollowFunnel.ENDING);
    return switch (segment.reach()) {
      case REACHED -> ids(taken.where(isStep));
      case NOT_REACHED ->
          ids(taken.where(col(FollowFunnel.STEP).equalTo(1)))
              .join(ids(taken.where(isStep)), CUSTOMER, "left_anti");
      case STOPPED -> ids(taken.where(isStop));
      case DROPPED -> ids(taken.where(isStop.and(ending.equalTo(FollowFunnel.DROPPED))));
      case OPEN -> ids(taken.where(isStop.and(ending.equalTo(FollowFunnel.OPEN))));
    };
  }

  private static Dataset<Row> ids(Dataset<Row> taken) {
    return taken.select(col(FollowFunnel.CUSTOMER).as(Customers.CUSTOMER_ID));
  }

  private Dataset<Row> described() {
    Lake lake = context.lake();
    String[] scored =
        Stream.concat(
                SegmentRules.SCORES.stream(),
                Stream.of(Customers.CUSTOMER_ID, SegmentRules.RFM_SEGMENT))
            .toArray(String[]::new);
    Dataset<Row> scores =
        ofNight(lake.read(RfmScores.TABLE), RfmScores.AS_OF)
            .withColumnRenamed(RfmScores.SEGMENT, SegmentRules.RFM_SEGMENT)
            .selectExpr(scored);
    Dataset<Row> personas =
        ofNight(lake.read(Personas.TABLE), Personas.AS_OF)
            .select(col(Personas.PERSONA_ID), col(Personas.NAME).as(SegmentRules.PERSONA));
    Dataset<Row> theirs =
        ofNight(lake.read(CustomerPersonas.TABLE), CustomerPersonas.AS_OF)
            .select(CustomerPersonas.CUSTOMER_ID, CustomerPersonas.PERSONA_ID)
            .join(broadcast(personas), new String[] {Personas.PERSONA_ID}, "left");
    return lake.read(Customers.TABLE).join(scores, CUSTOMER, "left").join(theirs, CUSTOMER, "left");
  }

  private Dataset<Row> ofNight(Dataset<Row> rows, String column) {
    return rows.where(col(column).equalTo(lit(Date.valueOf(context.asOf())))).drop(column);
  }
}
