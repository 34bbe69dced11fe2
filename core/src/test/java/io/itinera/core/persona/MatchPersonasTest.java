package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.persona.MatchPersonas.Identity;
import io.itinera.core.persona.PersonaModel.TrainedPersona;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is who, by whom they have in common and by how far they moved. */
class MatchPersonasTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 12, 30);

  /** One feature as it is, so that a standard deviation is 1. */
  private static final Scaling SCALING =
      Scaling.found(Map.of("x", 0.0), Map.of("x", 1.0), Map.of("x", Transform.LINEAR));

  @Test
  void whoeverKeepsMostOfItsCustomersKeepsItsIdHoweverFarItMoved() {
    PersonaModel before = model(0, 4);

    // Of those below 2 most are in the second group now, whose middle is far from 0.
    List<Identity> identities = identities(before, groups(1, 1, 1, 1, 0, 0), 0, 0, 1, 1.9, 4, 6);

    assertThat(identities).extracting(Identity::id).containsExactly("p1", "p0");
    assertThat(identities).extracting(Identity::matched).containsExactly("p1", "p0");
  }

  @Test
  void whoHasFewOfItsCustomersButIsNearKeepsItsId() {
    PersonaModel before = model(0, 0.8);

    // Four of the five of the first group were in the second persona, which ends at 0.4.
    List<Identity> identities =
        identities(
            before,
            groups(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
            new double[] {0, 0.45, 0.45, 0.45, 0.45, 1, 1, 1, 1, 1, 1});

    assertThat(identities).extracting(Identity::id).containsExactly("p0", "p1");
    assertThat(identities.get(0).drift()).isCloseTo(0.36, within(1e-9));
  }

  @Test
  void whoIsFarAndHasOthersCustomersIsNew() {
    PersonaModel before = model(0, 4);

    List<Identity> identities =
        identities(before, groups(0, 0, 0, 2, 1, 1, 1), 0, 0, 0, 1.9, 4, 4, 4);

    assertThat(identities.subList(0, 2)).extracting(Identity::id).containsExactly("p0", "p1");
    assertThat(identities.get(2).id()).isNotIn("p0", "p1");
    assertThat(identities.get(2).matched()).isNull();
  }

  @Test
  void ofTwoHalvesOneKeepsTheIdAndOfTwoMergedOneIdStays() {
    assertThat(identities(model(0), groups(0, 0, 1, 1), 3, 3, 5, 5))
        .extracting(Identity::matched)
        .containsExactly("p0", null);
    assertThat(identities(model(0, 9), groups(0, 0, 0, 0), 0, 0, 9, 9))
        .extracting(Identity::matched)
        .containsExactly("p0");
  }

  private static List<Identity> identities(
      PersonaModel before, List<Integer> groups, double... values) {
    int size = 1 + groups.stream().mapToInt(each -> each).max().orElseThrow();
    List<double[]> sample = Arrays.stream(values).mapToObj(x -> new double[] {x}).toList();
    List<Map<String, Double>> means =
        IntStream.range(0, size)
            .mapToObj(group -> Map.of("x", mean(group, groups, values)))
            .toList();
    Fit fit = Fit.of(means.stream().map(mean -> new double[] {mean.get("x")}).toList());
    Clusters clusters =
        new Clusters(SCALING, fit, new TreeMap<>(), "", new TreeMap<>(), sample, groups);
    return MatchPersonas.identities(
        clusters, means, MONDAY.plusDays(7), PastTrainings.after(List.of(before)));
  }

  private static double mean(int group, List<Integer> groups, double[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> groups.get(i) == group)
        .mapToDouble(i -> values[i])
        .average()
        .orElseThrow();
  }

  /** Personas p0, p1 … with their centres there. */
  private static PersonaModel model(double... places) {
    List<TrainedPersona> personas =
        IntStream.range(0, places.length)
            .mapToObj(
                i ->
                    new TrainedPersona(
                        "p" + i,
                        "P" + i,
                        null,
                        1,
                        null,
                        null,
                        Map.of("x", places[i]),
                        List.of(places[i]),
                        null))
            .toList();
    return new PersonaModel(MONDAY, "v", SCALING, personas, new TreeMap<>(), PersonaModel.UNKNOWN);
  }

  private static List<Integer> groups(Integer... groups) {
    return List.of(groups);
  }
}
