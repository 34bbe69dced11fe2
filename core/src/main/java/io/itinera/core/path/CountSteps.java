package io.itinera.core.path;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts which step follows which in the journeys of some customers, apart for each pair of persona
 * and RFM segment: a customer has one of each, so all other counts are sums of these.
 *
 * <p>The input is {@link #INPUT}, all journeys of a customer one after another; the output {@link
 * #OUTPUT}, each (persona, segment, from step, to step) once. It keeps one number in memory for
 * each time that passed between two steps.
 */
final class CountSteps implements MapPartitionsFunction<Row, Row> {

  static final String IS_FIRST = "is_first_of_customer";
  static final String PERSONA = "persona";
  static final String SEGMENT = "segment";
  static final String PATH = "path";
  static final String MICROS = "path_micros";
  static final String END = "end_step";

  /**
   * Whether a journey is the first that is met of its customer; persona and segment, or null; its
   * steps, and when they began, in microseconds; the step that ends it, null if it is open.
   */
  static final StructType INPUT =
      new StructType()
          .add(IS_FIRST, DataTypes.BooleanType)
          .add(PERSONA, DataTypes.StringType)
          .add(SEGMENT, DataTypes.StringType)
          .add(PATH, DataTypes.createArrayType(DataTypes.StringType))
          .add(MICROS, DataTypes.createArrayType(DataTypes.LongType))
          .add(END, DataTypes.StringType);

  static final String FROM = "from_step";
  static final String TO = "to_step";
  static final String STEPS = "steps_count";
  static final String CUSTOMERS = "step_customers";
  static final String SECONDS = "seconds";

  /** How often, by how many customers, and {@link Percentiles the seconds} that it took. */
  static final StructType OUTPUT =
      new StructType()
          .add(PERSONA, DataTypes.StringType)
          .add(SEGMENT, DataTypes.StringType)
          .add(FROM, DataTypes.StringType)
          .add(TO, DataTypes.StringType)
          .add(STEPS, DataTypes.LongType)
          .add(CUSTOMERS, DataTypes.LongType)
          .add(SECONDS, DataTypes.BinaryType);

  private static final long serialVersionUID = 1L;
  private static final long MICROS_PER_SECOND = 1_000_000;

  @Override
  public Iterator<Row> call(Iterator<Row> journeys) {
    Map<Step, Tally> tallies = new HashMap<>();
    long customer = 0;
    while (journeys.hasNext()) {
      Row journey = journeys.next();
      if (journey.getBoolean(INPUT.fieldIndex(IS_FIRST))) {
        customer++;
      }
      count(journey, customer, tallies);
    }
    return tallies.entrySet().stream().map(entry -> entry.getValue().of(entry.getKey())).iterator();
  }

  private static void count(Row journey, long customer, Map<Step, Tally> tallies) {
    String persona = journey.getString(INPUT.fieldIndex(PERSONA));
    String segment = journey.getString(INPUT.fieldIndex(SEGMENT));
    String end = journey.getString(INPUT.fieldIndex(END));
    List<String> path = journey.getList(INPUT.fieldIndex(PATH));
    List<Long> micros = journey.getList(INPUT.fieldIndex(MICROS));
    if (path == null || path.isEmpty()) {
      return;
    }
    for (int place = 0; place <= path.size(); place++) {
      boolean isFirst = place == 0;
      boolean isLast = place == path.size();
      String from = isFirst ? CountTransitions.START : path.get(place - 1);
      String to = isLast ? end : path.get(place);
      if (to != null) {
        Tally tally =
            tallies.computeIfAbsent(new Step(persona, segment, from, to), step -> new Tally());
        tally.add(customer);
        if (!isFirst && !isLast) {
          tally.took(micros.get(place - 1), micros.get(place));
        }
      }
    }
  }

  private record Step(String persona, String segment, String from, String to) {}

  private static final class Tally {

    private long steps;
    private long customers;
    private long lastCustomer;
    private long[] seconds = new long[4];
    private int taken;

    void add(long customer) {
      steps++;
      if (customer != lastCustomer) {
        customers++;
        lastCustomer = customer;
      }
    }

    void took(Long from, Long to) {
      if (from == null || to == null) {
        return;
      }
      if (taken == seconds.length) {
        seconds = Arrays.copyOf(seconds, 2 * taken);
      }
      seconds[taken++] = Math.floorDiv(to - from, MICROS_PER_SECOND);
    }

    Row of(Step step) {
      ByteBuffer bytes = ByteBuffer.allocate(taken * Long.BYTES);
      bytes.asLongBuffer().put(seconds, 0, taken);
      return RowFactory.create(
          step.persona(), step.segment(), step.from(), step.to(), steps, customers, bytes.array());
    }
  }
}
