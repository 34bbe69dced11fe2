package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasureChurnTest {

  @Test
  void liftIsHowMuchMoreOftenTheHighestTenthFellSilentThanAll() {
    // Of twenty customers eight fell silent; both of the highest tenth did.
    List<ChurnBin> told =
        List.of(new ChurnBin(0.1, 10, 1), new ChurnBin(0.9, 2, 2), new ChurnBin(0.5, 8, 5));

    assertThat(MeasureChurn.lift(told)).isEqualTo(2.5, within(1e-12));
  }

  @Test
  void thoseWhoTieShareTheRoomOfTheTenth() {
    // A whole tenth is two: one of 0.9, and one of four of 0.5, of whom half fell silent.
    List<ChurnBin> tied =
        List.of(
            new ChurnBin(0.9, 1, 1),
            new ChurnBin(0.5, 2, 2),
            new ChurnBin(0.5, 2, 0),
            new ChurnBin(0.2, 15, 1));

    assertThat(MeasureChurn.lift(tied)).isEqualTo(1.5 / 2 / (4.0 / 20), within(1e-12));
  }

  @Test
  void scoresThatSayNothingLiftNothing() {
    assertThat(MeasureChurn.lift(List.of(new ChurnBin(0.5, 30, 12)))).isEqualTo(1, within(1e-12));
    assertThat(MeasureChurn.lift(List.of(new ChurnBin(0.5, 30, 0)))).isEqualTo(1);
  }

  @Test
  void liftDoesNotDependOnTheOrderOfBins() {
    Random random = new Random(3);
    List<ChurnBin> bins = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int customers = 1 + random.nextInt(5);
      bins.add(new ChurnBin(random.nextInt(20) / 20.0, customers, random.nextInt(customers + 1)));
    }
    double lift = MeasureChurn.lift(bins);

    Collections.shuffle(bins, random);

    assertThat(MeasureChurn.lift(bins)).isEqualTo(lift, within(1e-12));
    assertThat(lift).isBetween(0.0, 10.0);
  }
}
