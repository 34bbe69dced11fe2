package io.itinera.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.process.AlignPath.Alignment;
import io.itinera.core.process.AlignPath.Deviation;
import io.itinera.core.process.ProcessRules.IntendedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignPathTest {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void missingStepsAndEventsWithoutPlaceCostOneEach() {
    AlignPath path =
        new AlignPath(List.of(step("a", false, false), step("b", false, false)), NAMES);

    assertThat(path.align(0, 1)).isEqualTo(new Alignment(1, List.of()));
    assertThat(path.align(0, 2, 1))
        .isEqualTo(new Alignment(1 - 1 / 5.0, List.of(new Deviation(0, 2))));
    assertThat(path.align(1)).isEqualTo(new Alignment(1 - 1 / 3.0, List.of(new Deviation(0, -1))));
    assertThat(path.align(2).fitness()).isZero();
    assertThat(path.align().fitness()).isZero();
  }

  @Test
  void costIsTheLeastThatTryingEverythingFinds() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<IntendedStep> steps = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        steps.add(step(NAMES.get(random.nextInt(3)), random.nextBoolean(), random.nextInt(3) == 0));
      }
      int[] codes = random.ints(random.nextInt(5), 0, 3).toArray();
      Alignment alignment = new AlignPath(steps, NAMES).align(codes);

      int required = (int) steps.stream().filter(each -> !each.isOptional()).count();
      int least = tried(steps, codes, 0, 0);
      assertThat(alignment.deviations()).as("seed %d", seed).hasSize(least);
      if (codes.length + required > 0) {
        double fitness = 1 - (double) least / (codes.length + required);
        assertThat(alignment.fitness()).isEqualTo(fitness, within(1e-12));
      }
    }
  }

  /** An event is taken by a step any number of times that the step allows, or is out of place. */
  private static int tried(List<IntendedStep> steps, int[] codes, int event, int step) {
    if (step == steps.size()) {
      return codes.length - event;
    }
    IntendedStep it = steps.get(step);
    int best = (it.isOptional() ? 0 : 1) + tried(steps, codes, event, step + 1);
    int outOfPlace = 0;
    boolean isTaken = false;
    for (int i = event; i < codes.length; i++) {
      boolean fits = it.names().contains(NAMES.get(codes[i])) && (!isTaken || it.mayRepeat());
      if (fits) {
        isTaken = true;
        best = Math.min(best, outOfPlace + tried(steps, codes, i + 1, step + 1));
      } else {
        outOfPlace++;
      }
    }
    return best;
  }

  private static IntendedStep step(String name, boolean isOptional, boolean mayRepeat) {
    return new IntendedStep(List.of(name), isOptional, mayRepeat);
  }
}
