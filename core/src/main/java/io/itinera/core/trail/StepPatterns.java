package io.itinera.core.trail;

import io.itinera.core.rule.PageRules;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The patterns among the steps of funnels, which take a step where a match ends. */
final class StepPatterns {

  /** Columns that touches must have where there are patterns. */
  static final List<String> COLUMNS =
      List.of(Touchpoints.CHANNEL, Touchpoints.TYPE, Touchpoints.LOCATION);

  private final List<List<OfStep>> funnels;

  StepPatterns(List<FunnelRules> funnels) {
    this.funnels = funnels.stream().map(StepPatterns::ofFunnel).toList();
  }

  private record OfStep(int step, TouchMatcher matcher, Map<TouchName, Long> known) {}

  static boolean areIn(List<FunnelRules> funnels) {
    return of(funnels).findAny().isPresent();
  }

  /** What patterns of {@code funnels} look at, if there are some. */
  static List<String> columns(List<FunnelRules> funnels) {
    boolean asksForPage = of(funnels).anyMatch(TouchPattern::asksForPage);
    return asksForPage
        ? Stream.concat(COLUMNS.stream(), Stream.of(PageRules.PAGE)).toList()
        : areIn(funnels) ? COLUMNS : List.of();
  }

  private static Stream<TouchPattern> of(List<FunnelRules> funnels) {
    return funnels.stream()
        .flatMap(funnel -> funnel.steps().stream())
        .flatMap(step -> step.patterns().stream());
  }

  private static List<OfStep> ofFunnel(FunnelRules funnel) {
    List<OfStep> patterns = new ArrayList<>();
    for (int step = 0; step < funnel.steps().size(); step++) {
      for (TouchPattern pattern : funnel.steps().get(step).patterns()) {
        patterns.add(new OfStep(step, new TouchMatcher(pattern), new HashMap<>()));
      }
    }
    return patterns;
  }

  /**
   * Says of touches which steps of a funnel they take by its patterns.
   *
   * @param funnel place of the funnel
   * @param touches of one customer, named if the funnel has patterns
   * @param micros when they were
   * @param bits as in {@link FunnelRules#bits}; those of the steps are added
   */
  void mark(int funnel, List<FunnelTouch> touches, long[] micros, long... bits) {
    for (OfStep pattern : funnels.get(funnel)) {
      long[] kinds = new long[bits.length];
      for (int i = 0; i < kinds.length; i++) {
        kinds[i] = pattern.known().computeIfAbsent(touches.get(i).named(), pattern.matcher()::bits);
      }
      for (int end : pattern.matcher().ends(kinds, micros)) {
        bits[end] |= 1L << pattern.step();
      }
    }
  }
}
