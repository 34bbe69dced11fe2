package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static io.itinera.jobs.config.ConfigText.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.match.BlockRule;
import io.itinera.core.match.MatchField;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchSettingsTest {

  @TempDir Path folder;

  @Test
  void nothingIsComparedUnlessItIsSet() {
    assertThat(read(folder, "").matchings().on()).isEmpty();
    assertThat(read(folder, "").matchings().all()).containsOnlyKeys("persons", "companies");
  }

  @Test
  void anyColumnsCanBeCompared() {
    Matching shops =
        read(
                folder,
                """
                itinera.identity {
                  matching = shops
                  matchings.shops {
                    fields {
                      sign { value = "attributes['sign']", compare = company }
                      town { value = city, compare = text, shared = true, changes-with = place }
                    }
                    blocks = ["sign/3, town", "sign/sound"]
                    pairs-per-profile = 5, precision = 0.9, group-weight = 0, one-per-person = [crm]
                    threshold = 0.8
                  }
                }
                """)
            .matchings()
            .on()
            .orElseThrow();

    assertThat(shops.rules().fields()).extracting(MatchField::name).containsExactly("sign", "town");
    assertThat(shops.rules().blocks())
        .extracting(BlockRule::text)
        .containsExactly("sign/3, town", "sign/sound");
    assertThat(shops.threshold()).hasValue(0.8);
    assertThat(shops.rules().groups().oneToOne()).containsExactly("crm");
  }

  @Test
  void everyMistakeIsTold() {
    assertThat(
            problems(
                folder,
                """
                itinera.identity.matching = peple
                itinera.identity.matchings.persons.blocks = ["surname"]
                itinera.identity.matchings.companies.fields.company.value = "unknown_column"
                """))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("matchings.persons: block 'surname' names 'surname'", "no field"))
        .anySatisfy(line -> assertThat(line).contains("fields.company.value", "unknown_column"));
  }

  @Test
  void valuesOfAnotherKindAreRefused() {
    assertThat(
            problems(
                folder,
                """
                itinera.identity.matching = peple
                itinera.identity.matchings.persons.precision = 2
                itinera.identity.matchings.persons.fields.email.compare = sound
                itinera.identity.matchings.persons.fields.email.swaps-with = surname
                """))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).startsWith("my.conf:"));
  }
}
