package io.itinera.core.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final String TREE =
      "days_since_order <= 30.5 ? complaints <= 0.5 ? -0.25 : 1.0E-4 : 0.75";

  @Test
  void treeAsksAndSays() {
    Decision tree = Decision.of(TREE);

    assertThat(tree.of(customer(30.5, 0))).isEqualTo(-0.25);
    assertThat(tree.of(customer(3, 1))).isEqualTo(1.0E-4);
    assertThat(tree.of(customer(31, 0))).isEqualTo(0.75);
  }

  @Test
  void treeIsToldAsItWasRead() {
    assertThat(Decision.of(TREE).text()).isEqualTo(TREE);
    assertThat(Decision.of("-0.5").of(customer(1, 1))).isEqualTo(-0.5);
  }

  @Test
  void calibrationFindsTheCurveThatCameTrue() {
    // Log-odds of a model that is twice as sure as it should be, and expects too much.
    Random random = new Random(5);
    List<Example> came = new ArrayList<>();
    double[] margins = new double[20_000];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = 2 * random.nextGaussian();
      double likely = 1 / (1 + Math.exp(-(0.5 * margins[i] + 0.3)));
      came.add(new Example(new double[0], random.nextDouble() < likely));
    }

    Calibration found = Calibration.of(margins, came);

    assertThat(found.slope()).isCloseTo(0.5, within(0.05));
    assertThat(found.shift()).isCloseTo(0.3, within(0.05));
  }

  private static double[] customer(double daysSinceOrder, double complaints) {
    double[] customer = new double[Behaviour.values().length];
    customer[Behaviour.DAYS_SINCE_ORDER.place()] = daysSinceOrder;
    customer[Behaviour.COMPLAINTS.place()] = complaints;
    return customer;
  }
}
