package io.itinera.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.attribution.TouchedJourney.Touch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchModelTest {

  private static final long DAY = 86_400_000_000L;
  private static final double WEEK = 7.0 * DAY;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FIRST           | ad          | 100
          FIRST           | ad web mail | 100 0 0
          LAST            | ad web mail | 0 0 100
          LAST_NON_DIRECT | ad direct   | 100 0
          LAST_NON_DIRECT | direct direct | 0 100
          LINEAR          | ad web mail ad | 25 25 25 25
          U_SHAPED        | ad          | 100
          U_SHAPED        | ad web      | 50 50
          U_SHAPED        | ad web mail | 40 20 40
          U_SHAPED        | a b c d     | 40 10 10 40
          J_CURVE         | ad web      | 25 75
          J_CURVE         | a b c d     | 20 10 10 60
          INVERSE_J       | ad web      | 75 25
          INVERSE_J       | a b c d     | 60 10 10 20
          PARTICIPATION   | ad web ad   | 100 100 0
          """)
  void eachModelPartsAConversionByItsRule(TouchModel model, String channels, String percents) {
    TouchedJourney journey = journey(channels.split(" "));

    long[] parts = journey.conversions(model, WEEK);

    assertThat(Arrays.stream(parts).map(part -> part / (TouchedJourney.CONVERSION / 100)))
        .containsExactly(
            Arrays.stream(percents.split(" ")).map(Long::valueOf).toArray(Long[]::new));
  }

  @Test
  void timeDecayHalvesWithEveryWeek() {
    TouchedJourney journey =
        new TouchedJourney(
            List.of(touch("a", 0), touch("b", 3), touch("c", 9), touch("d", 9)), "purchase", 1);

    // Gaps of 9, 6, 0 and 0 days before the conversion.
    double[] weights = TouchModel.TIME_DECAY.weights(journey, WEEK);

    assertThat(Arrays.stream(weights).map(weight -> Math.round(weight * 1000) / 10.0))
        .containsExactly(13.8, 18.6, 33.8, 33.8);
  }

  @Test
  void touchesOfLongAgoStillShareWhereThereAreNoOthers() {
    TouchedJourney journey =
        new TouchedJourney(List.of(touch("a", -900_000), touch("b", -900_000)), "purchase", 3);

    assertThat(journey.revenues(TouchModel.TIME_DECAY, WEEK)).containsExactly(2, 1);
  }

  @Test
  void partsOfConversionAndRevenueAddUpToTheLastUnit() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      List<Touch> touches = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(9); i++) {
        touches.add(touch(random.nextBoolean() ? "direct" : "ad", random.nextInt(30)));
      }
      touches.sort((one, other) -> Long.compare(one.micros(), other.micros()));
      long revenue = random.nextLong(1_000_000_007L);
      TouchedJourney journey = new TouchedJourney(touches, "purchase", revenue);
      for (TouchModel model : TouchModel.values()) {
        if (model.conserves()) {
          assertThat(Arrays.stream(journey.revenues(model, WEEK)).sum()).isEqualTo(revenue);
          assertThat(Arrays.stream(journey.conversions(model, WEEK)).sum())
              .isEqualTo(TouchedJourney.CONVERSION);
        }
      }
    }
  }

  @Test
  void unitsThatAreLeftGoToTheLargestRemainders() {
    assertThat(Apportion.units(10, 1, 1, 1)).containsExactly(4, 3, 3);
    assertThat(Apportion.units(10, 0.1, 0.26, 0.64)).containsExactly(1, 3, 6);
    assertThat(Apportion.units(7, 0, 0)).containsExactly(4, 3);
    assertThat(Apportion.units(-7, 1, 1)).containsExactly(-3, -4);
    assertThat(Apportion.units(7, 3, -1)).containsExactly(11, -4);
    assertThat(Apportion.units(7)).isEmpty();
  }

  private static TouchedJourney journey(String... channels) {
    List<Touch> touches = new ArrayList<>();
    for (String channel : channels) {
      touches.add(touch(channel, touches.size()));
    }
    return new TouchedJourney(touches, "purchase", 100);
  }

  private static Touch touch(String channel, long day) {
    return new Touch(channel, "(none)", day * DAY, channel.equals("direct"));
  }
}
