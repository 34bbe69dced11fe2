package io.itinera.core.comparison;

import io.itinera.core.table.Funnels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What was measured of two segments. */
public final class SegmentMeasures {

  static final String METRIC = "metric";
  static final String FUNNEL = "funnel";
  static final String EDGE = "graph";
  static final String STEP = "step";
  static final String NODE = "node";

  /** The journeys of customers: what journeys at a step are a share of. */
  static final Measured JOURNEYS = new Measured("journeys", "", "");

  /** Metrics that are not told in the unit in which they are added up. */
  private static final Map<String, Double> UNITS =
      Map.of(
          "revenue_per_customer", (double) SumSegments.UNITS,
          "revenue_per_conversion", (double) SumSegments.UNITS,
          "days_to_convert", 86_400.0);

  private static final CustomerSums[] NOBODY = {CustomerSums.NONE, CustomerSums.NONE};

  private final Map<Measured, CustomerSums[]> sums;

  SegmentMeasures(Map<Measured, CustomerSums[]> sums) {
    this.sums = new HashMap<>(sums);
  }

  /**
   * What is measured.
   *
   * @param kind one of those above
   * @param from of a step or an edge; the name of what is measured
   * @param to where it leads
   */
  record Measured(String kind, String from, String to) {}

  /**
   * Something to be compared.
   *
   * @param part metric, funnel, graph or step
   * @param measure its name in that part
   * @param unit what values are divided by to be told
   */
  record Compared(
      String part, String measure, double unit, CustomerSums first, CustomerSums second) {}

  /**
   * Adds how customers of both segments went on in funnels: of those whose time for it is over.
   *
   * @param rows of {@link Funnels}
   * @param first their {@code segment_value} of the first segment
   * @param second that of the second
   */
  public void addFunnels(List<Row> rows, String first, String second) {
    StructType schema = Funnels.TABLE.schema();
    for (Row row : rows) {
      int place =
          List.of(first, second).indexOf(row.getString(schema.fieldIndex(Funnels.SEGMENT_VALUE)));
      long on = row.getLong(schema.fieldIndex(Funnels.CONVERTED_TO_NEXT_COUNT));
      long dropped = row.getLong(schema.fieldIndex(Funnels.DROPPED_COUNT));
      if (place >= 0 && on + dropped > 0) {
        String step =
            "%s: behind %d %s"
                .formatted(
                    row.getString(schema.fieldIndex(Funnels.FUNNEL)),
                    row.getLong(schema.fieldIndex(Funnels.STEP)),
                    row.getString(schema.fieldIndex(Funnels.STEP_NAME)));
        sums.computeIfAbsent(new Measured(FUNNEL, step, ""), name -> NOBODY.clone())[place] =
            CustomerSums.share(on, on + dropped);
      }
    }
  }

  /** How many customers each segment has. */
  public List<Long> customers() {
    CustomerSums[] all = at(new Measured(METRIC, "journeys_per_customer", ""));
    return List.of(all[0].customers(), all[1].customers());
  }

  private CustomerSums[] at(Measured measured) {
    return sums.getOrDefault(measured, NOBODY);
  }

  /** All that can be compared, by part and name. */
  List<Compared> compared() {
    Map<String, Compared> compared = new TreeMap<>();
    sums.forEach(
        (measured, segments) -> {
          Compared one = compared(measured, segments);
          if (one != null) {
            compared.put(one.part() + '\0' + one.measure(), one);
          }
        });
    return List.copyOf(compared.values());
  }

  private Compared compared(Measured measured, CustomerSums... segments) {
    String from = measured.from();
    return switch (measured.kind()) {
      case METRIC, FUNNEL ->
          new Compared(
              measured.kind(), from, UNITS.getOrDefault(from, 1.0), segments[0], segments[1]);
      case EDGE ->
          shares(EDGE, from + " > " + measured.to(), segments, new Measured(NODE, from, ""));
      case STEP -> shares(STEP, from + " " + measured.to(), segments, JOURNEYS);
      default -> null;
    };
  }

  private Compared shares(String part, String name, CustomerSums[] segments, Measured whole) {
    CustomerSums[] all = at(whole);
    return new Compared(part, name, 1, segments[0].of(all[0]), segments[1].of(all[1]));
  }
}
