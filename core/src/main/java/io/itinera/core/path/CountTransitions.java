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
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Transitions;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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

  private static final String SEGMENT = "segment_of_step";
  private static final String PERCENTILES = "percentiles";
  private static final double MEDIAN = 0.5;
  private static final double NINE_TENTHS = 0.9;

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
    Dataset<Row> counted =
        counts(input(journeys, groups, asOf, rules))
            .groupBy(
                col(SEGMENT + "." + SEGMENT_TYPE),
                col(SEGMENT + "." + SEGMENT_VALUE),
                col(FROM_STEP),
                col(TO_STEP))
            .agg(
                sum(CountSteps.STEPS).as(TRANSITIONS_COUNT),
                sum(CountSteps.CUSTOMERS).as(CUSTOMERS_COUNT),
                collect_list(CountSteps.SECONDS).as(CountSteps.SECONDS))
            .withColumn(PERCENTILES, percentiles().apply(col(CountSteps.SECONDS)));
    return Transitions.TABLE.conform(withShares(counted, asOf));
  }

  /** Rows of {@link CountSteps#INPUT}, those of a customer in one partition, one behind another. */
  private static Dataset<Row> input(
      Dataset<Row> journeys, CustomerGroups groups, LocalDate asOf, PathRules rules) {
    Dataset<Row> personas =
        segments(groups.personas(), CustomerPersonas.PERSONA_ID, asOf, CountSteps.PERSONA);
    Dataset<Row> cells = segments(groups.rfmScores(), RfmScores.SEGMENT, asOf, CountSteps.SEGMENT);
    Column end =
        when(col(OUTCOME).equalTo(JourneyOutcome.CONVERTED.text()), CONVERSION)
            .when(col(OUTCOME).equalTo(JourneyOutcome.ABANDONED.text()), EXIT);
    // Which of a customer's journeys is met first does not matter.
    Column number = row_number().over(Window.partitionBy(CUSTOMER_ID).orderBy(CUSTOMER_ID));
    return journeys
        .where(rules.covers(col(Journeys.ENDED_ON), asOf))
        .select(
            col(CUSTOMER_ID),
            col(PATH).as(CountSteps.PATH),
            transform(col(PATH_AT), at -> unix_micros(at)).as(CountSteps.MICROS),
            end.as(CountSteps.END))
        .join(personas, new String[] {CUSTOMER_ID}, "left")
        .join(cells, new String[] {CUSTOMER_ID}, "left")
        .withColumn(CountSteps.IS_FIRST, number.equalTo(1))
        .select(names(CountSteps.INPUT));
  }

  private static Dataset<Row> segments(
      Dataset<Row> rows, String segment, LocalDate asOf, String name) {
    return rows.where(col(AS_OF).equalTo(lit(asOf)))
        .select(col(CUSTOMER_ID), col(segment).as(name));
  }

  /** Rows of {@link CountSteps#OUTPUT}, once for each segment that they count for. */
  private static Dataset<Row> counts(Dataset<Row> input) {
    Column all =
        array(
            segment("all", lit(ALL)),
            segment("persona", col(CountSteps.PERSONA)),
            segment("rfm_segment", col(CountSteps.SEGMENT)));
    return input
        .mapPartitions(new CountSteps(), Encoders.row(CountSteps.OUTPUT))
        .select(col("*"), explode(all).as(SEGMENT))
        .where(col(SEGMENT + "." + SEGMENT_VALUE).isNotNull());
  }

  private static Column segment(String type, Column value) {
    return struct(lit(type).as(SEGMENT_TYPE), value.as(SEGMENT_VALUE));
  }

  private static UserDefinedFunction percentiles() {
    return udf(new Percentiles(MEDIAN, NINE_TENTHS), createArrayType(DataTypes.DoubleType))
        .withName("percentiles");
  }

  private static Column[] names(StructType columns) {
    return Stream.of(columns.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
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
