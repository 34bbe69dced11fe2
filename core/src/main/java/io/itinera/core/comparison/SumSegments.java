package io.itinera.core.comparison;

import io.itinera.core.comparison.SegmentMeasures.Measured;
import io.itinera.core.table.Customers;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds up, for each segment, what its customers did; journeys of a customer come one after another.
 *
 * @param mostSteps of a journey that are told apart
 */
record SumSegments(int mostSteps) implements MapPartitionsFunction<Row, Row> {

  static final String KIND = "kind";
  static final String FROM = "from_step";
  static final String TO = "to_step";
  static final String SEEN = "seen";
  static final String MICROS = "journey_micros";

  /** So many of the smallest units of money are one. */
  static final long UNITS = 10_000;

  /** Components of {@link CustomerSums}. */
  static final List<String> SUMS = List.of("customers", SEEN, "x", "m", "xx", "xm", "mm");

  static final StructType SCHEMA = schema();

  private static final long serialVersionUID = 1L;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final String START = "(start)";
  private static final String CONVERSION = "(conversion)";
  private static final String EXIT = "(exit)";

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(KIND, DataTypes.StringType)
            .add(FROM, DataTypes.StringType)
            .add(TO, DataTypes.StringType)
            .add(MeasureSegments.IS_FIRST, DataTypes.BooleanType);
    for (String name : SUMS) {
      schema = schema.add(name, DataTypes.createDecimalType(38, 0));
    }
    return schema;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> journeys) {
    List<Map<Measured, CustomerSums>> segments = List.of(new HashMap<>(), new HashMap<>());
    Customer customer = null;
    while (journeys.hasNext()) {
      Row journey = journeys.next();
      String id = journey.getAs(Customers.CUSTOMER_ID);
      if (customer == null || !customer.id.equals(id)) {
        add(customer, segments);
        customer = new Customer(id, journey.getAs(MeasureSegments.IS_FIRST));
      }
      if (journey.getAs(Journeys.OUTCOME) != null) {
        customer.add(journey);
      }
    }
    add(customer, segments);
    return Stream.concat(rows(segments.get(0), true), rows(segments.get(1), false)).iterator();
  }

  private static void add(Customer customer, List<Map<Measured, CustomerSums>> segments) {
    if (customer != null) {
      Map<Measured, CustomerSums> sums = segments.get(customer.isFirst ? 0 : 1);
      customer
          .ratios()
          .forEach(
              (measured, ratio) ->
                  sums.merge(
                      measured, CustomerSums.NONE.and(ratio[0], ratio[1]), CustomerSums::plus));
    }
  }

  private static Stream<Row> rows(Map<Measured, CustomerSums> sums, boolean isFirst) {
    return sums.entrySet().stream().map(each -> row(each.getKey(), isFirst, each.getValue()));
  }

  private static Row row(Measured measured, boolean isFirst, CustomerSums sums) {
    List<Object> values =
        new ArrayList<>(List.of(measured.kind(), measured.from(), measured.to(), isFirst));
    Stream.of(
            BigInteger.valueOf(sums.customers()),
            BigInteger.valueOf(sums.seen()),
            sums.x(),
            sums.m(),
            sums.xx(),
            sums.xm(),
            sums.mm())
        .forEach(value -> values.add(new BigDecimal(value)));
    return RowFactory.create(values.toArray());
  }

  /** What one customer did in all journeys. */
  private final class Customer {
    private final String id;
    private final boolean isFirst;
    private final Map<Measured, Long> steps = new HashMap<>();
    private final Set<Measured> ways = new HashSet<>();
    private long journeys;
    private long converted;
    private long abandoned;
    private long revenue;
    private long refunded;
    private long touchpoints;
    private long sessions;
    private long pathSteps;
    private long seconds;
    private long complaints;
    private long contacts;

    private Customer(String id, boolean isFirst) {
      this.id = id;
      this.isFirst = isFirst;
    }

    private void add(Row journey) {
      String outcome = journey.getAs(Journeys.OUTCOME);
      boolean converts = outcome.equals(JourneyOutcome.CONVERTED.text());
      boolean exits = outcome.equals(JourneyOutcome.ABANDONED.text());
      journeys++;
      converted += converts ? 1 : 0;
      abandoned += exits ? 1 : 0;
      revenue += number(journey, Journeys.REVENUE);
      refunded += number(journey, Journeys.REFUNDED);
      touchpoints += number(journey, Journeys.TOUCHPOINTS_COUNT);
      sessions += number(journey, Journeys.SESSIONS_COUNT);
      seconds += converts ? number(journey, MICROS) / MICROS_OF_SECOND : 0;
      complaints += holds(journey, Journeys.HAD_COMPLAINT);
      contacts += holds(journey, Journeys.HAD_CONTACT_CENTRE);
      int place = journey.fieldIndex(Journeys.PATH);
      List<String> path = journey.isNullAt(place) ? List.of() : journey.getList(place);
      pathSteps += path.size();
      List<String> all = new ArrayList<>(path);
      if (converts || exits) {
        all.add(converts ? CONVERSION : EXIT);
      }
      follow(all);
    }

    private void follow(List<String> steps) {
      String from = START;
      for (int i = 0; i < steps.size(); i++) {
        String to = steps.get(i);
        ways.add(new Measured(SegmentMeasures.NODE, from, ""));
        ways.add(new Measured(SegmentMeasures.EDGE, from, to));
        if (i < mostSteps) {
          Measured step = new Measured(SegmentMeasures.STEP, Integer.toString(i + 1), to);
          this.steps.merge(step, 1L, Long::sum);
        }
        from = to;
      }
    }

    private static long number(Row journey, String column) {
      Long number = journey.getAs(column);
      return number == null ? 0 : number;
    }

    private static long holds(Row journey, String column) {
      return Boolean.TRUE.equals(journey.getAs(column)) ? 1 : 0;
    }

    /** Numerators and denominators. */
    private Map<Measured, long[]> ratios() {
      Map<Measured, long[]> ratios = new HashMap<>();
      steps.forEach((step, times) -> ratios.put(step, new long[] {times, journeys}));
      ways.forEach(way -> ratios.put(way, new long[] {1, 1}));
      ratios.put(SegmentMeasures.JOURNEYS, new long[] {journeys, journeys});
      metric(ratios, "journeys_per_customer", journeys, 1);
      metric(ratios, "conversions_per_customer", converted, 1);
      metric(ratios, "conversion_rate", converted, converted + abandoned);
      metric(ratios, "revenue_per_customer", revenue, 1);
      metric(ratios, "revenue_per_conversion", revenue, converted);
      metric(ratios, "refunded_share", refunded, revenue);
      metric(ratios, "touchpoints_per_journey", touchpoints, journeys);
      metric(ratios, "sessions_per_journey", sessions, journeys);
      metric(ratios, "steps_per_journey", pathSteps, journeys);
      metric(ratios, "days_to_convert", seconds, converted);
      metric(ratios, "complaint_share", complaints, journeys);
      metric(ratios, "contact_centre_share", contacts, journeys);
      return ratios;
    }

    private static void metric(
        Map<Measured, long[]> ratios, String name, long numerator, long denominator) {
      ratios.put(
          new Measured(SegmentMeasures.METRIC, name, ""), new long[] {numerator, denominator});
    }
  }
}
