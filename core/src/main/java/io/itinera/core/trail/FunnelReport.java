package io.itinera.core.trail;

import io.itinera.core.table.DropCauses;
import io.itinera.core.table.FunnelDrops;
import io.itinera.core.table.Funnels;
import io.itinera.core.trail.FunnelCount.Alike;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What came of following customers through funnels, as rows of tables. */
public final class FunnelReport {

  private static final FunnelCount NOBODY = new FunnelCount();

  private final Map<Alike, FunnelCount> counts;
  private final Date asOf;
  private final TrailRules rules;

  FunnelReport(Map<Alike, FunnelCount> counts, LocalDate asOf, TrailRules rules) {
    this.counts = new TreeMap<>(counts);
    this.asOf = Date.valueOf(asOf);
    this.rules = rules;
  }

  private FunnelCount at(Alike key) {
    return counts.getOrDefault(key, NOBODY);
  }

  /** A segment of customers. */
  private record Segment(String type, String value) {}

  /** Rows of {@link Funnels}: all steps of each segment in which somebody took the first. */
  public List<Row> funnels() {
    return rows(this::addSteps);
  }

  /** The same counts of customers whose window is over, without rates and times. */
  public List<Row> judged() {
    return rows(this::addJudged);
  }

  /** Adds the rows of a funnel and a segment. */
  private interface Adding {
    void add(FunnelRules funnel, Segment segment, List<Row> rows);
  }

  private List<Row> rows(Adding adding) {
    List<Row> rows = new ArrayList<>();
    for (FunnelRules funnel : rules.funnels()) {
      TreeSet<Segment> segments =
          new TreeSet<>(Comparator.comparing(Segment::type).thenComparing(Segment::value));
      counts.keySet().stream()
          .filter(key -> key.kind().equals(FunnelCount.STEP) && isOf(funnel, key))
          .forEach(key -> segments.add(new Segment(key.name(), key.value())));
      segments.forEach(segment -> adding.add(funnel, segment, rows));
    }
    return rows;
  }

  private static boolean isOf(FunnelRules funnel, Alike key) {
    return key.funnel().equals(funnel.name());
  }

  private void addSteps(FunnelRules funnel, Segment segment, List<Row> rows) {
    long entered = step(funnel, segment, 0).judged();
    long before = entered;
    for (int step = 0; step < funnel.steps().size(); step++) {
      FunnelCount count = step(funnel, segment, step);
      boolean isLast = step == funnel.steps().size() - 1;
      rows.add(
          row(
              funnel,
              segment,
              step,
              count.all(),
              count.wentOn(),
              count.dropped(),
              isLast ? 0L : count.open(),
              step == 0 ? null : share(count.judged(), before),
              share(count.judged(), entered),
              count.medianSeconds()));
      before = funnel.required().get(step) ? count.judged() : before;
    }
  }

  private void addJudged(FunnelRules funnel, Segment segment, List<Row> rows) {
    for (int step = 0; step < funnel.steps().size(); step++) {
      FunnelCount count = step(funnel, segment, step);
      boolean isLast = step == funnel.steps().size() - 1;
      rows.add(
          row(
              funnel,
              segment,
              step,
              count.judged(),
              count.judgedOn(),
              isLast ? 0L : count.judged() - count.judgedOn(),
              0L,
              null,
              null,
              null));
    }
  }

  private Row row(FunnelRules funnel, Segment segment, int step, Object... figures) {
    Stream<Object> key =
        Stream.of(
            asOf,
            funnel.name(),
            segment.type(),
            segment.value(),
            step + 1L,
            funnel.steps().get(step).name());
    return RowFactory.create(Stream.concat(key, Arrays.stream(figures)).toArray());
  }

  private FunnelCount step(FunnelRules funnel, Segment segment, int step) {
    return at(new Alike(FunnelCount.STEP, funnel.name(), step, segment.type(), segment.value()));
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }

  /** Rows of {@link FunnelDrops}. */
  public List<Row> drops() {
    Map<List<Object>, Long> dropped = new TreeMap<>(Comparator.comparing(List::toString));
    counts.forEach(
        (key, count) -> {
          if (key.kind().equals(FunnelCount.DROP)) {
            dropped.merge(List.of(key.funnel(), key.step()), count.dropped(), Long::sum);
          }
        });
    List<Row> rows = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          if (key.kind().equals(FunnelCount.DROP)) {
            rows.add(
                RowFactory.create(
                    asOf,
                    key.funnel(),
                    key.step() + 1L,
                    stepName(key),
                    key.value(),
                    count.dropped(),
                    share(count.dropped(), dropped.get(List.of(key.funnel(), key.step())))));
          }
        });
    return rows;
  }

  private String stepName(Alike key) {
    return rules.funnels().stream()
        .filter(funnel -> isOf(funnel, key))
        .findFirst()
        .orElseThrow()
        .steps()
        .get(key.step())
        .name();
  }

  /** Rows of {@link DropCauses}: the strongest first. */
  public List<Row> causes() {
    List<Row> rows = new ArrayList<>();
    for (FunnelRules funnel : rules.funnels()) {
      for (int step = 0; step < funnel.steps().size() - 1; step++) {
        for (FindCauses.Cause cause : causes(funnel, step)) {
          rows.add(
              RowFactory.create(
                  asOf,
                  funnel.name(),
                  step + 1L,
                  cause.condition().text(),
                  cause.support(),
                  cause.lift(),
                  cause.holdoutLift(),
                  cause.customers(),
                  cause.dropRate(),
                  cause.pValue(),
                  funnel.steps().get(step).name()));
        }
      }
    }
    return rows;
  }

  private List<FindCauses.Cause> causes(FunnelRules funnel, int step) {
    Map<Condition, FunnelCount[]> arrived = new TreeMap<>();
    Map<Condition, FunnelCount[]> waiting = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          if (isOf(funnel, key) && key.step() == step) {
            Crowd.of(key.kind())
                .ifPresent(
                    crowd ->
                        (crowd.isWaiting() ? waiting : arrived)
                                .computeIfAbsent(
                                    new Condition(key.value(), key.name()),
                                    condition -> new FunnelCount[] {NOBODY, NOBODY})[
                                crowd.isHeldOut() ? 1 : 0] =
                            count);
          }
        });
    return FindCauses.causes(arrived, waiting, rules);
  }
}
