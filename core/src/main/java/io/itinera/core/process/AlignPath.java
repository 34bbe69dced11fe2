package io.itinera.core.process;

import io.itinera.core.process.ProcessRules.IntendedStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Aligns what happened with the path that was meant, at the least cost: an event that has no place
 * in it costs one, and so does a step that is missing (Adriansyah, van Dongen and van der Aalst,
 * 2011, for a model that is a sequence).
 *
 * <p>Fitness is 1 − cost ÷ (events + steps that must not be left out). Of alignments that cost the
 * same the one counts that matches sooner, and then the one that goes on to the next step later.
 */
final class AlignPath {

  /** Behind which step an event stands that has no place: behind none of them. */
  static final int START = -1;

  private final List<IntendedStep> steps;
  private final boolean[][] takes;
  private final int required;

  /**
   * For events of these names.
   *
   * @param names by the codes of the events
   */
  AlignPath(List<IntendedStep> steps, List<String> names) {
    this.steps = steps;
    this.takes = new boolean[steps.size()][names.size()];
    for (int step = 0; step < steps.size(); step++) {
      for (int code = 0; code < names.size(); code++) {
        takes[step][code] = steps.get(step).names().contains(names.get(code));
      }
    }
    this.required = (int) steps.stream().filter(step -> !step.isOptional()).count();
  }

  /**
   * Where something differs.
   *
   * @param step the one that is missing, or behind which an event has no place
   * @param code of that event; −1 where the step is missing
   */
  record Deviation(int step, int code) {}

  /**
   * An alignment.
   *
   * @param fitness from 0 to 1
   * @param deviations in their order
   */
  record Alignment(double fitness, List<Deviation> deviations) {}

  /** The alignment of a case: the codes of its events. */
  Alignment align(int... codes) {
    int[][] cost = new int[codes.length + 1][steps.size() + 1];
    for (int event = codes.length; event >= 0; event--) {
      for (int step = steps.size(); step >= 0; step--) {
        cost[event][step] = cost(cost, codes, event, step);
      }
    }
    List<Deviation> deviations = new ArrayList<>();
    int event = 0;
    int step = 0;
    while (event < codes.length || step < steps.size()) {
      int best = cost[event][step];
      if (isAgain(codes, event, step) && cost[event + 1][step] == best) {
        event++;
      } else if (isTaken(codes, event, step) && cost[event + 1][step + 1] == best) {
        event++;
        step++;
      } else if (event < codes.length && 1 + cost[event + 1][step] == best) {
        deviations.add(new Deviation(step - 1, codes[event]));
        event++;
      } else {
        if (missing(step) > 0) {
          deviations.add(new Deviation(step, -1));
        }
        step++;
      }
    }
    int whole = codes.length + required;
    double fitness = whole == 0 ? 1 : 1 - (double) cost[0][0] / whole;
    return new Alignment(fitness, Collections.unmodifiableList(deviations));
  }

  private int cost(int[][] cost, int[] codes, int event, int step) {
    int best = Integer.MAX_VALUE;
    if (event == codes.length && step == steps.size()) {
      return 0;
    }
    if (isTaken(codes, event, step)) {
      best = cost[event + 1][step + 1];
    }
    if (isAgain(codes, event, step)) {
      best = Math.min(best, cost[event + 1][step]);
    }
    if (event < codes.length) {
      best = Math.min(best, 1 + cost[event + 1][step]);
    }
    if (step < steps.size()) {
      best = Math.min(best, missing(step) + cost[event][step + 1]);
    }
    return best;
  }

  private boolean isTaken(int[] codes, int event, int step) {
    return event < codes.length && step < steps.size() && takes[step][codes[event]];
  }

  /** Whether an event repeats the step before {@code step}, which may. */
  private boolean isAgain(int[] codes, int event, int step) {
    return event < codes.length
        && step > 0
        && steps.get(step - 1).mayRepeat()
        && takes[step - 1][codes[event]];
  }

  private int missing(int step) {
    return steps.get(step).isOptional() ? 0 : 1;
  }

  @Override
  public String toString() {
    return "AlignPath" + Arrays.toString(steps.stream().map(IntendedStep::text).toArray());
  }
}
