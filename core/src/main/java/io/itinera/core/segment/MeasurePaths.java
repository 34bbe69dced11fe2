package io.itinera.core.segment;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures what the journeys of each customer are like. Every measure is a ratio of whole numbers,
 * so it is the same in whatever order the journeys come.
 *
 * @param steps whose shares are measured
 */
record MeasurePaths(List<String> steps) implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  static final String CUSTOMER = Journeys.CUSTOMER_ID;
  static final String VALUES = "path_values";
  static final String COUNTS = "path_counts";

  /** So many steps are told apart; all others are none. */
  static final int MOST_STEPS = 30;

  /** Places in {@link #COUNTS}. */
  static final int JOURNEYS = 0;

  static final int ENDED = 1;
  static final int CONVERTED = 2;
  static final int REVENUE = 3;
  private static final int TOUCHPOINTS = 4;
  private static final int SESSIONS = 5;
  private static final int MICROS = 6;
  private static final int CONTACTS = 7;
  private static final int COMPLAINTS = 8;
  private static final int STEPS = 9;
  private static final int DISTINCT = 10;

  private static final int COUNTED = 11;

  /** Money is counted in its smallest unit. */
  static final long UNITS = 10_000;

  private static final double MICROS_OF_DAY = 86_400e6;

  private static final List<String> METRICS =
      List.of(
          "journeys",
          "touchpoints_per_journey",
          "sessions_per_journey",
          "days_per_journey",
          "distinct_steps_per_journey",
          "share_of_repeated_steps",
          "conversion_rate",
          "revenue_per_journey",
          "share_with_contact_centre",
          "share_with_complaint");

  static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER, DataTypes.StringType)
          .add(VALUES, DataTypes.createArrayType(DataTypes.DoubleType))
          .add(COUNTS, DataTypes.createArrayType(DataTypes.LongType));

  /** The most frequent steps of {@code journeys}; of equally frequent ones the first by name. */
  static List<String> frequent(Dataset<Row> journeys) {
    return journeys
        .select(explode(col(Journeys.PATH)).as("step"))
        .where(col("step").isNotNull())
        .groupBy("step")
        .agg(count(lit(1)).as("times"))
        .orderBy(col("times").desc(), col("step"))
        .limit(MOST_STEPS)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** How many of the values are metrics; the others are shares of steps. */
  static int metrics() {
    return METRICS.size();
  }

  /** What the values are called. */
  List<String> names() {
    return Stream.concat(METRICS.stream(), steps.stream().map(step -> "share of " + step)).toList();
  }

  /**
   * One row of {@link #SCHEMA} per customer with a journey.
   *
   * @param journeys rows of {@link Journeys}
   */
  Dataset<Row> measured(Dataset<Row> journeys) {
    Column outcome = col(Journeys.OUTCOME);
    Column isOver = outcome.notEqual(JourneyOutcome.OPEN.text());
    Column isConverted = outcome.equalTo(JourneyOutcome.CONVERTED.text());
    Column micros =
        unix_micros(col(Journeys.ENDED_AT)).minus(unix_micros(col(Journeys.STARTED_AT)));
    return journeys
        .where(col(CUSTOMER).isNotNull())
        .select(
            col(CUSTOMER),
            lit(1L),
            number(isOver),
            number(isConverted),
            number(col(Journeys.REVENUE).multiply(lit(UNITS))),
            number(col(Journeys.TOUCHPOINTS_COUNT)),
            number(col(Journeys.SESSIONS_COUNT)),
            number(micros),
            number(col(Journeys.HAD_CONTACT_CENTRE)),
            number(col(Journeys.HAD_COMPLAINT)),
            col(Journeys.PATH))
        .repartition(col(CUSTOMER))
        .sortWithinPartitions(CUSTOMER)
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  private static Column number(Column value) {
    return coalesce(value.cast("long"), lit(0L));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> journeys) {
    Map<String, Integer> places = new HashMap<>();
    steps.forEach(step -> places.put(step, COUNTED + places.size()));
    return new Customers(journeys, places);
  }

  /** Adds up the journeys of one customer after the other. */
  private final class Customers implements Iterator<Row> {
    private final Iterator<Row> journeys;
    private final Map<String, Integer> places;
    private Row next;

    private Customers(Iterator<Row> journeys, Map<String, Integer> places) {
      this.journeys = journeys;
      this.places = places;
      this.next = journeys.hasNext() ? journeys.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      String customer = next.getString(0);
      long[] counts = new long[COUNTED + places.size()];
      while (next != null && next.getString(0).equals(customer)) {
        add(next, counts);
        next = journeys.hasNext() ? journeys.next() : null;
      }
      return RowFactory.create(
          customer, values(counts), seq(Stream.of(0, 1, 2, 3).map(i -> counts[i]).toList()));
    }

    private void add(Row journey, long... counts) {
      for (int i = 0; i < STEPS; i++) {
        counts[i] += journey.getLong(i + 1);
      }
      List<String> path = journey.isNullAt(STEPS + 1) ? List.of() : journey.getList(STEPS + 1);
      counts[STEPS] += path.size();
      counts[DISTINCT] += new TreeSet<>(path).size();
      path.forEach(
          step -> {
            if (places.containsKey(step)) {
              counts[places.get(step)]++;
            }
          });
    }
  }

  /** In the order of {@link #names}. */
  private Object values(long... counts) {
    double journeys = counts[JOURNEYS];
    double passed = Math.max(1, counts[STEPS]);
    List<Double> values = new ArrayList<>();
    values.add(journeys);
    values.add(counts[TOUCHPOINTS] / journeys);
    values.add(counts[SESSIONS] / journeys);
    values.add(counts[MICROS] / MICROS_OF_DAY / journeys);
    values.add(counts[DISTINCT] / journeys);
    values.add((counts[STEPS] - counts[DISTINCT]) / passed);
    values.add(counts[CONVERTED] / journeys);
    values.add((double) counts[REVENUE] / UNITS / journeys);
    values.add(counts[CONTACTS] / journeys);
    values.add(counts[COMPLAINTS] / journeys);
    for (int step = 0; step < steps.size(); step++) {
      values.add(counts[COUNTED + step] / passed);
    }
    return seq(values);
  }

  private static Object seq(List<?> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** The values of a row of {@link #SCHEMA}. */
  static double[] values(Row row) {
    List<Double> values = row.getList(1);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
