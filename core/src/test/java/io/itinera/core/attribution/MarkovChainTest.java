package io.itinera.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the solved chain with one whose journeys are followed step by step until all end. */
class MarkovChainTest {

  private static final String CONVERTED = "converted";
  private static final String ENDED = "ended";

  @Test
  void removalEffectsOfAWorkedExample() {
    // Three journeys: a > b converts, a ends, b ends. Converts: 1/3.
    MarkovChain chain = new MarkovChain(1);
    chain.walk(new int[] {0, 1}, true, 1);
    chain.walk(new int[] {0}, false, 1);
    chain.walk(new int[] {1}, false, 1);

    assertThat(chain.conversion()).isEqualTo(1 / 3.0, within(1e-15));
    // Without a, only the third goes on to b, of whose journeys half convert: 1/6.
    assertThat(chain.removalEffects(2)).containsExactly(new double[] {0.5, 1}, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 60", "2, 4, 200", "3, 3, 200", "2, 25, 3000", "3, 9, 4000"})
  void agreesWithJourneysThatAreFollowedToTheirEnds(int order, int channels, int journeys) {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      MarkovChain chain = new MarkovChain(order);
      List<List<Integer>> paths = new ArrayList<>();
      List<Boolean> conversions = new ArrayList<>();
      for (int journey = 0; journey < journeys; journey++) {
        List<Integer> path = new ArrayList<>();
        while (random.nextDouble() < 0.8) {
          path.add(random.nextInt(channels));
        }
        paths.add(path);
        conversions.add(random.nextInt(3) == 0);
        int[] walked = path.stream().mapToInt(Integer::intValue).toArray();
        chain.walk(walked, conversions.get(journey), 1);
      }
      List<Way> ways = ways(order, steps(order, paths, conversions));
      double whole = followed(ways, "none");
      double share = conversions.stream().filter(is -> is).count() / (double) journeys;
      assertThat(chain.conversion())
          .isEqualTo(whole, within(1e-12))
          .isEqualTo(share, within(1e-12));
      double[] effects = chain.removalEffects(channels);
      for (int channel = 0; channel < channels; channel++) {
        double effect = 1 - followed(ways, String.valueOf(channel)) / whole;
        assertThat(effects[channel]).isEqualTo(effect, within(1e-9));
      }
    }
  }

  @Test
  void channelThatNobodyConvertsThroughIsWorthNothing() {
    MarkovChain chain = new MarkovChain(2);
    chain.walk(new int[] {0}, true, 3);
    chain.walk(new int[] {1, 1, 1}, false, 5);

    assertThat(chain.removalEffects(3)).containsExactly(1, 0, 0);
    assertThat(new MarkovChain(1).removalEffects(2)).containsExactly(0, 0);
  }

  /** What follows on each text of the last channels, as a share. */
  private static Map<String, Map<String, Double>> steps(
      int order, List<List<Integer>> paths, List<Boolean> conversions) {
    Map<String, Map<String, Double>> steps = new HashMap<>();
    for (int journey = 0; journey < paths.size(); journey++) {
      List<Integer> path = paths.get(journey);
      for (int place = 0; place <= path.size(); place++) {
        String end = conversions.get(journey) ? CONVERTED : ENDED;
        steps
            .computeIfAbsent(state(order, path.subList(0, place)), from -> new HashMap<>())
            .merge(place < path.size() ? path.get(place).toString() : end, 1.0, Double::sum);
      }
    }
    steps
        .values()
        .forEach(
            nexts -> {
              double sum = nexts.values().stream().mapToDouble(n -> n).sum();
              nexts.replaceAll((next, count) -> count / sum);
            });
    return steps;
  }

  private static String state(int order, List<Integer> soFar) {
    return soFar.subList(Math.max(0, soFar.size() - order), soFar.size()).toString();
  }

  /** A share of those who are in one state goes on, by a channel to another state or to an end. */
  private record Way(int from, int to, String next, double share) {}

  /** The states are numbered, the one where all begin by 0. */
  private static List<Way> ways(int order, Map<String, Map<String, Double>> steps) {
    Map<String, Integer> numbers = new HashMap<>(Map.of("[]", 0));
    steps.keySet().forEach(state -> numbers.putIfAbsent(state, numbers.size()));
    List<Way> ways = new ArrayList<>();
    steps.forEach(
        (state, nexts) ->
            nexts.forEach(
                (next, share) -> {
                  boolean isEnd = next.equals(CONVERTED) || next.equals(ENDED);
                  int to = isEnd ? 0 : numbers.get(appended(order, state, next));
                  ways.add(new Way(numbers.get(state), to, next, share));
                }));
    return ways;
  }

  /** The share of all that converts where nobody comes past {@code removed}. */
  private static double followed(List<Way> all, String removed) {
    List<Way> ways =
        all.stream()
            .filter(way -> !way.next().equals(ENDED) && !way.next().equals(removed))
            .toList();
    double[] there = new double[1 + all.stream().mapToInt(Way::from).max().getAsInt()];
    there[0] = 1;
    double converted = 0;
    while (DoubleStream.of(there).sum() > 1e-16) {
      double[] after = new double[there.length];
      for (Way way : ways) {
        double share = there[way.from()] * way.share();
        if (way.next().equals(CONVERTED)) {
          converted += share;
        } else {
          after[way.to()] += share;
        }
      }
      there = after;
    }
    return converted;
  }

  private static String appended(int order, String state, String next) {
    List<Integer> path = new ArrayList<>();
    for (String channel : state.replaceAll("[\\[\\] ]", "").split(",", -1)) {
      if (!channel.isEmpty()) {
        path.add(Integer.valueOf(channel));
      }
    }
    path.add(Integer.valueOf(next));
    return state(order, path);
  }
}
