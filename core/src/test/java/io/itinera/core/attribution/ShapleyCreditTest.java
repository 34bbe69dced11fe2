package io.itinera.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.attribution.ShapleyCredit.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares credits with the mean over all orders in which channels could have come. */
class ShapleyCreditTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6})
  void agreesWithAllOrders(int channels) {
    Random random = new Random(channels);
    Map<List<Integer>, long[]> sets = sets(random, channels, 12);
    ShapleyCredit shapley = shapley(sets, channels);

    assertThat(shapley.ofConversions().credits())
        .containsExactly(overAllOrders(sets, channels, false), within(1e-9));
    assertThat(shapley.ofRates().credits())
        .containsExactly(overAllOrders(sets, channels, true), within(1e-12));
    assertThat(shapley.ofRates().errors()).containsOnly(0);
  }

  @Test
  void beyondFifteenChannelsOrdersAreSampledAndSayHowFarTheyAreOff() {
    Random random = new Random(7);
    Map<List<Integer>, long[]> sets = sets(random, 15, 60);
    double[] exact = shapley(sets, 15).ofRates().credits();
    // A sixteenth that nobody touched adds nothing, and changes no other credit.
    Values sampled = shapley(sets, 16).ofRates();

    assertThat(sampled.credits()[15]).isZero();
    assertThat(Arrays.stream(sampled.credits()).sum())
        .isEqualTo(Arrays.stream(exact).sum(), within(1e-12));
    for (int channel = 0; channel < 15; channel++) {
      assertThat(sampled.errors()[channel]).isPositive().isLessThan(0.02);
      assertThat(sampled.credits()[channel])
          .isEqualTo(exact[channel], within(4 * sampled.errors()[channel]));
    }
  }

  private static Map<List<Integer>, long[]> sets(Random random, int channels, int count) {
    Map<List<Integer>, long[]> sets = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Set<Integer> set = new TreeSet<>();
      for (int j = 0; j <= random.nextInt(3); j++) {
        set.add(random.nextInt(channels));
      }
      long conversions = random.nextInt(20);
      sets.put(List.copyOf(set), new long[] {conversions + random.nextInt(30), conversions});
    }
    return sets;
  }

  private static ShapleyCredit shapley(Map<List<Integer>, long[]> sets, int channels) {
    ShapleyCredit shapley = new ShapleyCredit(channels);
    sets.forEach((set, counted) -> shapley.add(set, counted[0], counted[1]));
    return shapley;
  }

  private static double[] overAllOrders(
      Map<List<Integer>, long[]> sets, int channels, boolean isRate) {
    double[] credits = new double[channels];
    List<List<Integer>> orders = orders(channels);
    for (List<Integer> order : orders) {
      for (int place = 0; place < channels; place++) {
        double with = worth(sets, order.subList(0, place + 1), isRate);
        double without = worth(sets, order.subList(0, place), isRate);
        credits[order.get(place)] += (with - without) / orders.size();
      }
    }
    return credits;
  }

  private static double worth(
      Map<List<Integer>, long[]> sets, List<Integer> coalition, boolean isRate) {
    double journeys = 0;
    double conversions = 0;
    for (Map.Entry<List<Integer>, long[]> set : sets.entrySet()) {
      if (coalition.containsAll(set.getKey())) {
        journeys += set.getValue()[0];
        conversions += set.getValue()[1];
      }
    }
    return !isRate ? conversions : journeys == 0 ? 0 : conversions / journeys;
  }

  private static List<List<Integer>> orders(int channels) {
    List<List<Integer>> orders = List.of(List.of());
    for (int channel = 0; channel < channels; channel++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> order : orders) {
        for (int place = 0; place <= order.size(); place++) {
          List<Integer> with = new ArrayList<>(order);
          with.add(place, channel);
          longer.add(with);
        }
      }
      orders = longer;
    }
    return orders;
  }
}
