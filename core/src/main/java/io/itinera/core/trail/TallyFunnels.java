package io.itinera.core.trail;

import io.itinera.core.trail.FunnelCount.Alike;
import io.itinera.core.trail.FunnelWalk.Attempt;
import io.itinera.core.trail.FunnelWalk.Ending;
import io.itinera.core.trail.FunnelWalk.Stay;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Follows the customers of a partition through every funnel and counts those who are alike.
 *
 * @param funnels in their order: the i-th looks at the i-th number of each touch
 * @param conditions names of the conditions, in the order in which touches have them
 * @param landmark share of the time that a step leaves, after which it is looked who still waits
 * @param endMicros first instant of which nothing is known
 * @param zone of calendar months
 */
record TallyFunnels(
    List<FunnelRules> funnels,
    List<String> conditions,
    double landmark,
    long endMicros,
    ZoneId zone)
    implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy-MM");
  private static final String EXIT = "(exit)";

  /** So many customers in ten are kept out of learning. */
  private static final int HELD_OUT_IN_TEN = 3;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Alike, FunnelCount> counts = new TreeMap<>();
    PairCounts pairs = new PairCounts();
    StepPatterns patterns = new StepPatterns(funnels);
    CustomerTouches customers = new CustomerTouches(rows, CountFunnels.CUSTOMER);
    while (customers.hasNext()) {
      Customer customer = new Customer(customers.next());
      for (int place = 0; place < funnels.size(); place++) {
        new Way(customer, place, counts).follow(patterns).count(pairs);
      }
    }
    pairs.forEach(counts::put);
    return counts.entrySet().stream().map(count -> count.getValue().row(count.getKey())).iterator();
  }

  private static FunnelCount at(Map<Alike, FunnelCount> counts, Alike key) {
    return counts.computeIfAbsent(key, k -> new FunnelCount());
  }

  /** Segments and touches of one customer. */
  private static final class Customer {
    private final Touches lines;
    private final List<Row> touches;
    private final Map<String, String> segments = new TreeMap<>();
    private final boolean isHeldOut;
    private final long[] micros;

    private Customer(List<Row> rows) {
      String id = rows.get(0).getAs(CountFunnels.CUSTOMER);
      segments.put("all", FunnelCount.ALL);
      for (Row row : rows) {
        String type = row.getAs(CountFunnels.SEGMENT_TYPE);
        if (type != null) {
          segments.put(type, row.getAs(CountFunnels.SEGMENT_VALUE));
        }
      }
      lines =
          new Touches(rows.stream().filter(row -> row.getAs(CountFunnels.BITS) != null).toList());
      touches = lines.rows();
      isHeldOut = Math.floorMod((id.hashCode() * 0x9E3779B9) >>> 8, 10) < HELD_OUT_IN_TEN;
      micros = lines.micros();
    }
  }

  /** One customer in one funnel. */
  private final class Way {
    private final Customer customer;
    private final int place;
    private final FunnelRules funnel;
    private final Map<Alike, FunnelCount> counts;
    private final FunnelWalk walk;
    private Attempt best;

    private Way(Customer customer, int place, Map<Alike, FunnelCount> counts) {
      this.customer = customer;
      this.place = place;
      this.funnel = funnels.get(place);
      this.counts = counts;
      this.walk = FunnelWalk.through(funnel);
    }

    private Way follow(StepPatterns patterns) {
      long[] bits = customer.lines.bits(place);
      patterns.mark(place, customer.touches, customer.micros, bits);
      best = walk.follow(bits, customer.micros);
      return this;
    }

    private void count(PairCounts pairs) {
      if (best == null) {
        return;
      }
      for (int step = 0; step < funnel.steps().size(); step++) {
        Stay stay = walk.at(step, endMicros);
        if (stay != null) {
          countStep(step, stay);
          if (funnel.required().get(step) && walk.next(step) >= 0) {
            countConditions(step, pairs);
          }
        }
      }
      int furthest = walk.furthest(best);
      if (walk.ending(endMicros) == Ending.DROPPED) {
        at(counts, new Alike(FunnelCount.DROP, funnel.name(), furthest, "", instead(furthest)))
            .add(false, true);
      }
    }

    private void countStep(int step, Stay stay) {
      boolean drops = !stay.goesOn() && stay.ending() == Ending.DROPPED;
      Map<String, String> segments = new TreeMap<>(customer.segments);
      Instant began = Instant.EPOCH.plus(best.micros(0), ChronoUnit.MICROS);
      segments.put("entry_month", MONTH.format(began.atZone(zone)));
      int previous = walk.previous(step);
      segments.forEach(
          (type, value) -> {
            FunnelCount count =
                at(counts, new Alike(FunnelCount.STEP, funnel.name(), step, type, value));
            count.add(stay.goesOn(), drops);
            if (walk.isOver(endMicros)) {
              count.judge(stay.goesOn());
            }
            if (previous >= 0) {
              long took = stay.attempt().micros(step) - stay.attempt().micros(previous);
              count.took(took / 1_000_000);
            }
          });
    }

    /** What the customer did next who did not take the next step. */
    private String instead(int step) {
      int next = best.touch(step) + 1;
      return next < customer.touches.size()
          ? customer.touches.get(next).getAs(CountFunnels.NAME)
          : EXIT;
    }

    private void countConditions(int step, PairCounts pairs) {
      Optional<Arrival> found = Arrival.at(walk, step, landmark, endMicros);
      if (found.isEmpty()) {
        return;
      }
      Arrival arrival = found.get();
      Crowd all = Crowd.arrived(customer.isHeldOut);
      Set<String> there = there(arrival.touch());
      count(all, step, there, arrival.goesOn());
      pairs.at(funnel.name(), step, all).add(there, arrival.goesOn());
      if (arrival.waits()) {
        Crowd waiting = Crowd.waiting(customer.isHeldOut);
        Set<String> behind = behind(arrival);
        pairs.at(funnel.name(), step, waiting).add(there, behind, arrival.goesOn());
        behind.addAll(there);
        count(waiting, step, behind, arrival.goesOn());
      }
    }

    private void count(Crowd crowd, int step, Set<String> conditions, boolean goesOn) {
      Stream.concat(Stream.of(FunnelCount.ALL), conditions.stream())
          .map(condition -> new Alike(crowd.kind(), funnel.name(), step, "", condition))
          .forEach(key -> at(counts, key).add(goesOn, !goesOn));
    }

    /** What is true of the touch that took a step, and of the customer. */
    private Set<String> there(int place) {
      Set<String> met = new TreeSet<>();
      Row touch = customer.touches.get(place);
      List<String> values = touch.getList(touch.fieldIndex(CountFunnels.CONDITIONS));
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) != null) {
          met.add(conditions.get(i) + " = " + values.get(i));
        }
      }
      customer.segments.forEach(
          (type, value) -> {
            if (CountFunnels.EXPLAINING.contains(type)) {
              met.add(type + " = " + value);
            }
          });
      return met;
    }

    /** What happened behind the step, up to the landmark. */
    private Set<String> behind(Arrival arrival) {
      Set<String> names = new TreeSet<>();
      int last = customer.micros.length;
      for (int i = arrival.touch() + 1; i < last && customer.micros[i] <= arrival.landmark(); i++) {
        names.add(Condition.THEN + customer.touches.get(i).<String>getAs(CountFunnels.NAME));
      }
      return names;
    }
  }
}
