package io.itinera.core.path;

import static io.itinera.core.table.Journeys.CUSTOMER_ID;
import static io.itinera.core.table.Journeys.OUTCOME;
import static io.itinera.core.table.Journeys.PATH;
import static io.itinera.core.table.Journeys.PATH_AT;
import static io.itinera.core.table.Transitions.AS_OF;
import static io.itinera.core.table.Transitions.CUSTOMERS_COUNT;
import static io.itinera.core.table.Transitions.FROM_STEP;
import static io.itinera.core.table.Transitions.MEDIAN_SECONDS;
import static io.itinera.core.table.Transitions.P90_SECONDS;
import static io.itinera.core.table.Transitions.PROBABILITY;
import static io.itinera.core.table.Transitions.SEGMENT_TYPE;
import static io.itinera.core.table.Transitions.SEGMENT_VALUE;
import static io.itinera.core.table.Transitions.TO_STEP;
import static io.itinera.core.table.Transitions.TRANSITIONS_COUNT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Transitions;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Counts which step follows which: a directly-follows graph over journeys. */
public final class CountTransitions {

  /** Stands before the first step of every journey. */
  public static final String START = "(start)";

  /** Follows the last step of a converted journey. */
  public static final String CONVERSION = "(conversion)";

  /** Follows the last step of an abandoned journey. */
  public static final String EXIT = "(exit)";

  /** Segment value of all customers together. */
  public static final String ALL = "(all)";

  private static final String STEPS = "steps";
  private static final String STEP = "step";
  private static final String NAME = "name";
  private static final String AT = "at";
  private static final String SECONDS = "seconds";
  private static final String SEGMENTS = "segments";
  private static final String SEGMENT = "segment_of_step";
  private static final String PERCENTILES = "percentiles";
  private static final double MICROS = 1e6;

  private CountTransitions() {}

  /**
   * Counts transitions for all customers, per persona and per RFM segment.
   *
   * <p>A journey of n steps gives one transition from {@value #START}, n − 1 between steps, and one
   * to {@value #CONVERSION} or {@value #EXIT}; an open journey has not ended yet and gives no last
   * one, a journey without steps none at all. Customers without persona or segment that night count
   * only under all. Seconds are whole and run from the beginning of one step to the next's.
   *
   * @param journeys rows of {@link Journeys}; those that ended in the window count
   * @param groups of customers, which count apart too; those of {@code asOf} count
   * @return rows of {@link Transitions} of the night {@code asOf}; the probabilities of one segment
   *     and from_step sum to 1
   */
  public static Dataset<Row> transitions(
      Dataset<Row> journeys, CustomerGroups groups, LocalDate asOf, PathRules rules) {
    Dataset<Row> steps =
        journeys
            .where(rules.covers(col(Journeys.ENDED_ON), asOf))
            .select(col(CUSTOMER_ID), steps().as(STEPS));
    Dataset<Row> segmented =
        withSegments(steps, groups, asOf)
            .select(col(CUSTOMER_ID), explode(col(STEPS)).as(STEP), col(SEGMENTS))
            .select(col(CUSTOMER_ID), col(STEP), explode(col(SEGMENTS)).as(SEGMENT));
    Dataset<Row> counted =
        segmented
            .groupBy(
                col(SEGMENT + "." + SEGMENT_TYPE),
                col(SEGMENT + "." + SEGMENT_VALUE),
                col(STEP + "." + FROM_STEP),
                col(STEP + "." + TO_STEP))
            .agg(
                count(lit(1)).as(TRANSITIONS_COUNT),
                count_distinct(col(CUSTOMER_ID)).as(CUSTOMERS_COUNT),
                percentile(col(STEP + "." + SECONDS), array(lit(0.5), lit(0.9))).as(PERCENTILES));
    return Transitions.TABLE.conform(withShares(counted, asOf));
  }

  /** An array of (from_step, to_step, seconds); seconds are null to and from the ends. */
  private static Column steps() {
    Column nowhere = array(lit(null).cast("timestamp"));
    Column end =
        when(col(OUTCOME).equalTo("converted"), CONVERSION)
            .when(col(OUTCOME).equalTo("abandoned"), EXIT);
    Column from = dated(concat(array(lit(START)), col(PATH)), concat(nowhere, col(PATH_AT)));
    Column to = dated(concat(col(PATH), array(end)), concat(col(PATH_AT), nowhere));
    Column steps =
        zip_with(
            from,
            to,
            (left, right) ->
                struct(
                    left.getField(NAME).as(FROM_STEP),
                    right.getField(NAME).as(TO_STEP),
                    seconds(left.getField(AT), right.getField(AT)).as(SECONDS)));
    return when(size(col(PATH)).gt(0), filter(steps, step -> step.getField(TO_STEP).isNotNull()));
  }

  private static Column dated(Column names, Column instants) {
    return zip_with(names, instants, (name, at) -> struct(name.as(NAME), at.as(AT)));
  }

  private static Column seconds(Column from, Column to) {
    return floor(unix_micros(to).minus(unix_micros(from)).divide(MICROS)).cast("long");
  }

  private static Dataset<Row> withSegments(
      Dataset<Row> steps, CustomerGroups groups, LocalDate asOf) {
    Dataset<Row> personas = segments(groups.personas(), CustomerPersonas.PERSONA_ID, asOf);
    Dataset<Row> cells = segments(groups.rfmScores(), RfmScores.SEGMENT, asOf);
    Column all =
        array(
            segment("all", lit(ALL)),
            segment("persona", col(CustomerPersonas.PERSONA_ID)),
            segment("rfm_segment", col(RfmScores.SEGMENT)));
    return steps
        .join(personas, new String[] {CUSTOMER_ID}, "left")
        .join(cells, new String[] {CUSTOMER_ID}, "left")
        .select(
            col(CUSTOMER_ID),
            col(STEPS),
            filter(all, segment -> segment.getField(SEGMENT_VALUE).isNotNull()).as(SEGMENTS));
  }

  private static Dataset<Row> segments(Dataset<Row> rows, String segment, LocalDate asOf) {
    return rows.where(col(AS_OF).equalTo(lit(asOf))).select(CUSTOMER_ID, segment);
  }

  private static Column segment(String type, Column value) {
    return struct(lit(type).as(SEGMENT_TYPE), value.as(SEGMENT_VALUE));
  }

  private static Dataset<Row> withShares(Dataset<Row> counted, LocalDate asOf) {
    WindowSpec leavingStep = Window.partitionBy(SEGMENT_TYPE, SEGMENT_VALUE, FROM_STEP);
    Column leaving = sum(TRANSITIONS_COUNT).over(leavingStep);
    return counted.select(
        lit(asOf).as(AS_OF),
        col(SEGMENT_TYPE),
        col(SEGMENT_VALUE),
        col(FROM_STEP),
        col(TO_STEP),
        col(TRANSITIONS_COUNT),
        col(CUSTOMERS_COUNT),
        col(TRANSITIONS_COUNT).cast("double").divide(leaving).as(PROBABILITY),
        col(PERCENTILES).getItem(0).as(MEDIAN_SECONDS),
        col(PERCENTILES).getItem(1).as(P90_SECONDS));
  }
}
