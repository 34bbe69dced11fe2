package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.identity.OwnDevice.Sighting;
import io.itinera.core.identity.OwnDevice.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnDeviceTest {

  private static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");
  private static final OwnDevice TABLET = new OwnDevice(Duration.ofDays(30));

  @Test
  void aTabletIsEachOnesFromASignInToTheNextOnes() {
    assertThat(
            stretches(TABLET, seen(0, "mother"), seen(1), seen(2, "son"), seen(3), seen(4, "son")))
        .containsExactly(
            "1970-01-01T00:00:00Z - 2025-03-03T12:00:00Z mother", "2025-03-03T12:00:00Z - son");
  }

  @Test
  void whatItSawShortlyBeforeTheFirstSignInIsThatPersons() {
    assertThat(stretches(TABLET, seen(0), seen(30, "mother")))
        .containsExactly("1970-01-01T00:00:00Z - mother");
  }

  @Test
  void whatItSawLongBeforeIsNobodysThatIsKnown() {
    assertThat(stretches(TABLET, seen(0), seen(20), seen(31, "mother")))
        .containsExactly(
            "1970-01-01T00:00:00Z - 2025-03-02T12:00:00Z (t0)", "2025-03-02T12:00:00Z - mother");
  }

  @Test
  void withoutReplayOnlyTheSignInCounts() {
    assertThat(stretches(new OwnDevice(Duration.ZERO), seen(0), seen(1, "mother"), seen(2)))
        .containsExactly(
            "1970-01-01T00:00:00Z - 2025-03-02T12:00:00Z (t0)", "2025-03-02T12:00:00Z - mother");
  }

  @Test
  void aDeviceThatNobodySignsInOnIsOneUnknownOwners() {
    assertThat(stretches(TABLET, seen(0), seen(99))).containsExactly("1970-01-01T00:00:00Z - (t0)");
    assertThat(stretches(TABLET)).isEmpty();
  }

  @Test
  void ofTwoSignInsAtOneInstantTheLaterStays() {
    assertThat(stretches(TABLET, seen(0, "mother"), seen(1, "son"), seen(1, "father"), seen(2)))
        .containsExactly(
            "1970-01-01T00:00:00Z - 2025-03-02T12:00:00Z mother", "2025-03-02T12:00:00Z - father");
  }

  @Test
  void aNegativeReplayIsRefused() {
    assertThatThrownBy(() -> new OwnDevice(Duration.ofDays(-1)))
        .hasMessage("replay must not be negative, was PT-24H");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithALookAtAllSightingsForEach(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      List<Sighting> sightings = new ArrayList<>();
      int day = 0;
      for (int i = random.nextInt(12); i >= 0; i--) {
        day += random.nextInt(20);
        int person = random.nextInt(5);
        sightings.add(person < 3 ? seen(day) : seen(day, "p" + person));
      }
      List<Stretch> stretches = TABLET.stretches(sightings.iterator());
      for (Sighting sighting : sightings) {
        assertThat(owner(stretches, sighting.at())).isEqualTo(plain(sightings, sighting.at()));
      }
    }
  }

  private static Optional<String> owner(List<Stretch> stretches, Instant at) {
    List<Stretch> around =
        stretches.stream()
            .filter(stretch -> !at.isBefore(stretch.from()))
            .filter(stretch -> stretch.to().map(at::isBefore).orElse(true))
            .toList();
    assertThat(around).hasSize(1);
    return around.get(0).person();
  }

  private static Optional<String> plain(List<Sighting> sightings, Instant at) {
    Optional<String> last = Optional.empty();
    for (Sighting sighting : sightings) {
      if (sighting.person().isPresent() && !sighting.at().isAfter(at)) {
        last = sighting.person();
      }
    }
    return last.or(
        () ->
            sightings.stream()
                .filter(sighting -> sighting.person().isPresent())
                .findFirst()
                .filter(signIn -> !at.isBefore(signIn.at().minus(Duration.ofDays(30))))
                .flatMap(Sighting::person));
  }

  private static Sighting seen(int day) {
    return new Sighting(NOON.plus(Duration.ofDays(day)), "t" + day, Optional.empty());
  }

  private static Sighting seen(int day, String person) {
    return new Sighting(NOON.plus(Duration.ofDays(day)), "t" + day, Optional.of(person));
  }

  private static List<String> stretches(OwnDevice device, Sighting... sightings) {
    return device.stretches(List.of(sightings).iterator()).stream()
        .map(
            stretch ->
                stretch.from()
                    + " - "
                    + stretch.to().map(end -> end + " ").orElse("")
                    + stretch.person().orElse("(" + stretch.first() + ")"))
        .toList();
  }
}
