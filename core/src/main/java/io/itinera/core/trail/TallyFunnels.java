package io.itinera.core.trail;

import io.itinera.core.rule.OrderLines.Line;
import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.PackRows.Walks;
import io.itinera.core.spark.RowsOfCase;
import io.itinera.core.trail.FunnelCount.Alike;
import io.itinera.core.trail.FunnelWalk.Attempt;
import io.itinera.core.trail.FunnelWalk.Ending;
import io.itinera.core.trail.FunnelWalk.Stay;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    implements Walks<FunnelTouch> {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy-MM");
  private static final String EXIT = "(exit)";

  /** So many customers in ten are kept out of learning. */
  private static final int HELD_OUT_IN_TEN = 3;

  @Override
  public Walk<FunnelTouch> begin() {
    return new Following();
  }

  /** Follows one customer after the other. */
  private final class Following implements Walk<FunnelTouch> {
    private final Map<Alike, FunnelCount> counts = new TreeMap<>();
    private final PairCounts pairs = new PairCounts();
    private final StepPatterns patterns = new StepPatterns(funnels);

    @Override
    public FunnelTouch kind(Row kind) {
      return FunnelTouch.of(kind);
    }

    @Override
    public List<Row> take(RowsOfCase<FunnelTouch> rows) {
      Customer customer = new Customer(rows);
      for (int place = 0; place < funnels.size(); place++) {
        new Way(customer, place, counts).follow(patterns).count(pairs);
      }
      return List.of();
    }

    @Override
    public List<Row> end() {
      pairs.forEach(counts::put);
      return counts.entrySet().stream().map(each -> each.getValue().row(each.getKey())).toList();
    }
  }

  private static FunnelCount at(Map<Alike, FunnelCount> counts, Alike key) {
    return counts.computeIfAbsent(key, k -> new FunnelCount());
  }

  /** Segments and touches of one customer. */
  private static final class Customer {
    private final Touches<FunnelTouch> lines = new Touches<>();
    private final List<FunnelTouch> touches;
    private final Map<String, String> segments = new TreeMap<>();
    private final boolean isHeldOut;
    private final long[] micros;

    private Customer(RowsOfCase<FunnelTouch> rows) {
      segments.put("all", FunnelCount.ALL);
      for (int i = 0; i < rows.size(); i++) {
        FunnelTouch row = rows.kind(i);
        if (row.isTouch()) {
          lines.add(row, Line.of(rows.own(i)), rows.micros(i));
        } else {
          segments.put(row.segmentType(), row.segmentValue());
        }
      }
      touches = lines.firsts();
      isHeldOut = Math.floorMod((rows.id().hashCode() * 0x9E3779B9) >>> 8, 10) < HELD_OUT_IN_TEN;
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
      long[] bits = customer.lines.bits(touch -> touch.bits().get(place));
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
      return next < customer.touches.size() ? customer.touches.get(next).name() : EXIT;
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
      List<String> values = customer.touches.get(place).conditions();
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
        names.add(Condition.THEN + customer.touches.get(i).name());
      }
      return names;
    }
  }
}
