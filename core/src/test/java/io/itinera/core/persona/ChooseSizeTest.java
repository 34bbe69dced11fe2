package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.Grouping.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChooseSizeTest {

  @ParameterizedTest
  @EnumSource(Method.class)
  void asManyAsThereAreAreFoundAndEveryCriterionIsToldOfEveryNumber(Method method) {
    ChooseSize.Choice choice = of(around(0, 10, 20, 30), rules(2, 6, method, 0.02));

    assertThat(choice.size()).isEqualTo(4);
    assertThat(choice.fit().centers()).hasSize(4);
    assertThat(choice.reason()).startsWith("4: the best silhouette, 0.9");
    for (String criterion :
        List.of("silhouette", "stability", "smallest-share", "log-inertia-drop")) {
      assertThat(choice.criteria()).containsKeys(criterion + "/2", criterion + "/6");
    }
    assertThat(choice.criteria().containsKey("bic/4")).isEqualTo(method == Method.GAUSSIAN_MIXTURE);
    assertThat(choice.criteria().get("stability/4")).isEqualTo(1);
    assertThat(choice.criteria().get("smallest-share/4")).isEqualTo(0.25);
    assertThat(choice.criteria().get("log-inertia-drop/4"))
        .isGreaterThan(2 * choice.criteria().get("log-inertia-drop/5"));
  }

  @Test
  void aFewOddOnesAreNoGroup() {
    List<double[]> points = new ArrayList<>(around(0, 10));
    points.add(new double[] {22});

    ChooseSize.Choice choice = of(points, rules(2, 3, Method.K_MEANS, 0.02));

    assertThat(choice.size()).isEqualTo(2);
    assertThat(choice.reason()).endsWith(". Not 3, whose smallest group has 1.0 %.");
  }

  @Test
  void whatIsConfiguredWins() {
    ChooseSize.Choice choice = of(around(0, 10), rules(5, 5, Method.K_MEANS, 0.5));

    assertThat(choice.size()).isEqualTo(5);
    assertThat(choice.reason()).isEqualTo("5, as configured.");
  }

  @Test
  void aNumberThatOtherSamplesDoNotAgreeOnIsLeftOutAndThatIsSaid() {
    List<double[]> flat = new Random(1).doubles(300).mapToObj(x -> new double[] {x * 10}).toList();
    PersonaRules rules = rules(2, 6, new Grouping(Method.K_MEANS, 0, 0.9));

    ChooseSize.Choice choice = of(flat, rules);

    assertThat(choice.criteria().get("stability/" + choice.size())).isGreaterThanOrEqualTo(0.9);
    assertThat(choice.reason()).contains("other samples agree by");
  }

  @Test
  void asManyAsBeforeAreTakenUnlessOthersAreBetterByTheLeastGain() {
    List<double[]> points = around(0, 10, 20, 30);
    Optional<List<double[]>> before = Optional.of(centers(0, 10, 25));
    double gain = of(points, rules(4, 0)).criteria().get("silhouette/4");
    gain -= of(points, rules(4, 0)).criteria().get("silhouette/3");

    ChooseSize.Choice kept = new ChooseSize(points, rules(4, gain + 1e-9), before).choice();
    ChooseSize.Choice changed = new ChooseSize(points, rules(4, gain - 1e-9), before).choice();

    assertThat(kept.size()).isEqualTo(3);
    assertThat(kept.reason()).startsWith("3, as in the training before: its silhouette, 0.");
    assertThat(changed.size()).isEqualTo(4);
    assertThat(changed.reason())
        .startsWith("4: the best silhouette, 0.")
        .contains(" Before there were 3, whose silhouette is 0.");
  }

  @Test
  void asManyAsBeforeAreNotTakenWhereTheyAreNotAllowedOrOneHasHardlyAnybody() {
    List<double[]> points = new ArrayList<>(around(0, 10));
    points.add(new double[] {22});

    assertThat(new ChooseSize(points, rules(2, 2), Optional.of(centers(0, 10, 22))).choice().size())
        .isEqualTo(2);
    ChooseSize.Choice odd =
        new ChooseSize(points, rules(3, 2), Optional.of(centers(0, 10, 22))).choice();
    assertThat(odd.size()).isEqualTo(2);
    assertThat(odd.reason()).endsWith(". Not 3, whose smallest group has 1.0 %.");
  }

  private static ChooseSize.Choice of(List<double[]> points, PersonaRules rules) {
    return new ChooseSize(points, rules, Optional.empty()).choice();
  }

  private static PersonaRules rules(int most, double leastGain) {
    return rules(2, most, new Grouping(Method.K_MEANS, 0.02, 0.5, leastGain, Optional.empty()));
  }

  private static List<double[]> centers(double... places) {
    return java.util.Arrays.stream(places).mapToObj(place -> new double[] {place}).toList();
  }

  private static PersonaRules rules(int fewest, int most, Method method, double smallest) {
    return rules(fewest, most, new Grouping(method, smallest, 0.5));
  }

  private static PersonaRules rules(int fewest, int most, Grouping grouping) {
    return new PersonaRules(
        Feature.overDays(Map.of("x", "1")),
        1,
        fewest,
        most,
        1,
        1000,
        1,
        FeatureUse.OF_ALL,
        Retraining.NIGHTLY,
        grouping);
  }

  /** Fifty points around each place, in an order that has nothing to do with where they lie. */
  private static List<double[]> around(double... places) {
    Random random = new Random(7);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (double place : places) {
        points.add(new double[] {place + random.nextGaussian()});
      }
    }
    return points;
  }
}
