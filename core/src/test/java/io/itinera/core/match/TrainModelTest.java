package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is learned, without labels, from families who share much and are several people. */
class TrainModelTest {

  private static final List<String> GIVEN =
      List.of(
          "Anna Otto Eva Karl Ines Paul Rosa Hugo Clara Emil Frida Georg Hanna Ida Jonas Kurt"
              .split(" ", -1));

  private static final String ASKED =
      """
      Anna | Asked | 7 | 3 | 1980 || Lane 1 | Ulm
      Ana | Asked | 7 | 3 | 1980 || Lane 1 | Ulm
      Otto | Asked | 7 | 3 | 1980 || Lane 1 | Ulm
      Anna | Asked | 21 | 10 | 2008 || Lane 1 | Ulm
      Anna | Asked | 7 | 3 | 1981 || Lane 1 | Ulm
      """;

  @Test
  void twinsAndNamesakesOfAFamilyAreNotOnePersonAndSlipsOfThePenAre() {
    MatchRules rules = Persons.rules();
    RecordStore records = Persons.records(rules, ASKED + families(new Random(11)));
    TrainModel.Trained trained =
        TrainModel.train(TrainingSample.all(records, BlockIndex.of(records, rules)), rules);
    ScorePairs score = new ScorePairs(records, trained.model());

    assertThat(trained.model().alike()).containsOnlyKeys("first_name", "birth");
    assertThat(score.weight(0, 1)).as("a slip in the first name").isPositive();
    assertThat(score.weight(0, 2)).as("twins").isNegative();
    assertThat(score.weight(0, 3)).as("a daughter named as her mother").isNegative();
    assertThat(score.weight(0, 4)).as("a slip in the birth date").isPositive();
  }

  /**
   * A couple at each address; some have a twin, some a child of the same name; some stand twice.
   */
  private static String families(Random random) {
    StringBuilder lines = new StringBuilder();
    for (int family = 0; family < 400; family++) {
      String last = "Ba Ke Li No Ru Ta".split(" ", -1)[family % 6] + "rn" + word(random);
      String address = "|| Street " + word(random) + " " + family + " | Town" + family % 37 + "\n";
      int year = 1940 + random.nextInt(50);
      String day = "%d | %d | ".formatted(1 + random.nextInt(28), 1 + random.nextInt(12));
      String first = given(random);
      String person = first + " | " + last + " | " + day + year + address;
      lines.append(person);
      switch (random.nextInt(12)) {
        case 0 -> lines.append(given(random)).append(person.substring(person.indexOf(' ')));
        case 1 -> lines.append(first + " | " + last + " | " + born(random, year + 28) + address);
        case 2, 3, 4, 5 -> lines.append(first + "h").append(person.substring(first.length()));
        default ->
            lines.append(given(random) + " | " + last + " | " + born(random, year + 2) + address);
      }
    }
    return lines.toString();
  }

  private static String born(Random random, int year) {
    return "%d | %d | %d".formatted(1 + random.nextInt(28), 1 + random.nextInt(12), year);
  }

  private static String given(Random random) {
    return GIVEN.get(random.nextInt(GIVEN.size()));
  }

  private static String word(Random random) {
    return random
        .ints(4, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
