package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.trail.FunnelWalk.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares funnels with the path language, and with all ways to take their steps, tried one by one:
 * optional and alternative steps, what ends attempts, windows, equal instants, many beginnings.
 */
class FunnelOracleTest {

  private static final long SECOND = 1_000_000;
  private static final String LABELS = "abcdx";

  /**
   * A funnel: of each step the labels that take it, whether it is optional, and the labels that end
   * the attempts of those who are about to take it.
   */
  private record Funnel(
      List<Set<String>> takes, List<Boolean> required, List<Set<String>> ends, boolean isStrict) {

    private static Funnel random(Random random) {
      List<Set<String>> takes = new ArrayList<>();
      List<Boolean> required = new ArrayList<>();
      List<Set<String>> ends = new ArrayList<>();
      int size = random.nextInt(2, 6);
      for (int step = 0; step < size; step++) {
        takes.add(labels(random, random.nextInt(1, 3), 4));
        required.add(step == 0 || step == size - 1 || random.nextBoolean());
        Set<String> all = labels(random, random.nextInt(5) / 4, 5);
        all.addAll(random.nextBoolean() ? Set.of("x") : Set.of());
        ends.add(all);
      }
      return new Funnel(takes, required, ends, random.nextBoolean());
    }

    private static Set<String> labels(Random random, int count, int of) {
      Set<String> labels = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        labels.add(LABELS.substring(random.nextInt(of)).substring(0, 1));
      }
      return labels;
    }

    private long bits(String label) {
      long bits = 0;
      for (int step = 0; step < takes.size(); step++) {
        bits |= takes.get(step).contains(label) ? 1L << step : 0;
        boolean isEnd = step > 0 && ends.get(step).contains(label);
        bits |= isEnd ? 1L << (FunnelRules.MOST_STEPS + step) : 0;
      }
      return bits;
    }

    /** What ends attempts between the steps that are not optional on both sides of a step. */
    private Set<String> ending(int step) {
      Set<String> all = new TreeSet<>(ends.get(step));
      for (int i = step - 1; i > 0 && !required.get(i); i--) {
        all.addAll(ends.get(i));
      }
      for (int i = step; !required.get(i); i++) {
        all.addAll(ends.get(i + 1));
      }
      return all;
    }

    private int next(int step) {
      return IntStream.range(step + 1, takes.size()).filter(required::get).findFirst().orElse(-1);
    }

    /** The pattern of who took {@code must}, or null if nobody can. */
    private String pattern(int last, int must) {
      StringBuilder pattern = new StringBuilder();
      for (int step = 0; step <= last; step++) {
        boolean isMust = required.get(step) || step == must || step == last;
        Set<String> taking = new TreeSet<>(takes.get(step));
        if (isStrict && step > 0) {
          taking.removeAll(ending(step));
        }
        if (taking.isEmpty() && isMust) {
          return null;
        }
        if (!taking.isEmpty() && (isMust || isStrict)) {
          String between = isStrict ? "" : "%s* -> ".formatted(noneOf(ending(step)));
          pattern
              .append(step == 0 ? "" : " -> " + between)
              .append("[%s]%s".formatted(String.join("|", taking), isMust ? "" : "?"));
        }
      }
      return pattern.toString();
    }

    private static String noneOf(Set<String> labels) {
      return labels.isEmpty() ? "." : "[^%s]".formatted(String.join("|", labels));
    }
  }

  /** Touches of a customer. */
  private record Touches(List<String> labels, List<Long> at, long window) {

    private static Touches random(Random random) {
      List<String> labels = new ArrayList<>();
      long[] micros = new long[random.nextInt(11)];
      long now = 0;
      for (int i = 0; i < micros.length; i++) {
        boolean isAgain = i > 1 && random.nextInt(3) == 0;
        labels.add(
            isAgain ? labels.get(i - 2) : LABELS.charAt(random.nextInt(LABELS.length())) + "");
        // Often at the same instant.
        now += random.nextInt(3) * SECOND;
        micros[i] = now;
      }
      return new Touches(
          labels, LongStream.of(micros).boxed().toList(), (1 + random.nextInt(9)) * SECOND);
    }

    private long[] micros() {
      return at.stream().mapToLong(each -> each).toArray();
    }

    private boolean match(String pattern) {
      if (pattern == null) {
        return false;
      }
      TouchMatcher matcher =
          new TouchMatcher(TouchPattern.parse(pattern + " within " + window / SECOND + "s"));
      long[] bits = labels.stream().map(TouchName::label).mapToLong(matcher::bits).toArray();
      return !matcher.matches(bits, micros()).isEmpty();
    }

    /** Whether any way leads from a first touch through {@code must} to {@code last}. */
    private boolean canTake(Funnel funnel, int last, int must) {
      return IntStream.range(0, at.size())
          .filter(touch -> funnel.takes().get(0).contains(labels.get(touch)))
          .anyMatch(touch -> goes(funnel, List.of(0, touch, touch), List.of(last, must)));
    }

    /**
     * @param place the step taken, by which touch, and by which touch the first was
     */
    private boolean goes(Funnel funnel, List<Integer> place, List<Integer> must) {
      int last = must.stream().max(Integer::compare).orElseThrow();
      int step = place.get(0);
      if (step == last) {
        return true;
      }
      for (int to = step + 1; to <= last; to++) {
        boolean isMust = must.contains(to) || funnel.required().get(to);
        // Where other touches may lie between, those of an optional step are such.
        int end = isMust || funnel.isStrict() ? at.size() : 0;
        for (int touch = place.get(1) + 1; touch < end; touch++) {
          if (takes(funnel, to, touch, place)
              && goes(funnel, List.of(to, touch, place.get(2)), must)) {
            return true;
          }
        }
        if (isMust) {
          return false;
        }
      }
      return false;
    }

    private boolean takes(Funnel funnel, int step, int touch, List<Integer> place) {
      Set<String> ends = funnel.ending(step);
      List<String> between = labels.subList(place.get(1) + 1, touch);
      boolean isClear =
          funnel.isStrict()
              ? between.isEmpty() && !ends.contains(labels.get(touch))
              : between.stream().noneMatch(ends::contains);
      return isClear
          && funnel.takes().get(step).contains(labels.get(touch))
          && at.get(touch) - at.get(place.get(2)) <= window;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void stepIsReachedAndLeftForTheNextWhereThePatternOfTheStepsMatches(long seed) {
    Random random = new Random(seed);
    int optional = 0;
    int onward = 0;
    for (int round = 0; round < 4_000; round++) {
      Funnel funnel = Funnel.random(random);
      Touches touches = Touches.random(random);
      FunnelWalk walk = new FunnelWalk(funnel.required(), touches.window(), funnel.isStrict());
      walk.follow(touches.labels().stream().mapToLong(funnel::bits).toArray(), touches.micros());
      for (int step = 0; step < funnel.takes().size(); step++) {
        Stay stay = walk.at(step, Long.MAX_VALUE);
        int next = funnel.next(step);
        boolean isReached = stay != null;
        boolean goesOn = isReached && stay.goesOn();
        String text = "step %d of %s by %s".formatted(step, funnel, told(touches));

        assertThat(isReached).as(text).isEqualTo(touches.match(funnel.pattern(step, step)));
        assertThat(isReached).as(text).isEqualTo(touches.canTake(funnel, step, step));
        if (next > 0) {
          assertThat(goesOn).as(text).isEqualTo(touches.match(funnel.pattern(next, step)));
          assertThat(goesOn).as(text).isEqualTo(touches.canTake(funnel, next, step));
        }
        optional += isReached && !funnel.required().get(step) ? 1 : 0;
        onward += goesOn && !funnel.required().get(step) ? 1 : 0;
      }
    }
    assertThat(optional).isGreaterThan(300);
    assertThat(onward).isGreaterThan(100);
  }

  private static String told(Touches touches) {
    return IntStream.range(0, touches.at().size())
        .mapToObj(i -> touches.labels().get(i) + "@" + touches.at().get(i) / SECOND)
        .collect(Collectors.joining(" ", "", " within " + touches.window() / SECOND));
  }
}
