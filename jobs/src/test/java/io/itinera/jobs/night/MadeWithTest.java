package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MadeWithTest {

  private static final String SETTINGS =
      """
      itinera {
        landing = "/landing", id-key = "k"
        sources.web {
          format = csv, options { header = true }, path = ${itinera.landing}"/web/*.csv"
          touchpoint {
            record-id = "id", identifiers { user_id = "user" }
            occurred-at = "at", channel = "'web'", type = "'page_view'"
          }
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "itinera.landing = \"/moved\"",
        "itinera.warehouse = other",
        "itinera.id-key = other",
        "itinera.max-rejected-share = 1",
        "itinera.sources.web.max-rejected-share = 1",
        "itinera.sources.web.redated = false",
        "itinera.sessions.timeout = 5 minutes",
        "itinera.sources.web.touchpoint.record-id = \" id \"",
        "itinera.identity.types.user_id.priority = 7"
      })
  void whatShapesNoRowIsNoChange(String setting) throws IOException {
    assertThat(changedBy(setting)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          itinera.time-zone = CET                                  | itinera.time-zone, time-zone
          itinera.sources.web.time-zone = CET                      | time-zone
          itinera.currency = USD                                   | itinera.currency
          itinera.sources.web.touchpoint.record-id = at            | touchpoint.record-id
          itinera.sources.web.touchpoint.campaign = tag            | mapping
          itinera.sources.web.touchpoint.identifiers.email = mail  | mapping
          itinera.sources.web.where = tag                          | mapping
          itinera.sources.web.decimal-comma = true                 | mapping
          itinera.sources.web.winner = earliest-received           | mapping
          itinera.sources.web.path = "/landing/web/*"              | files
          itinera.sources.web.options.sep = ";"                    | files
          itinera.placeholders = [x]                               | placeholders
          itinera.bots.per-minute = 7                              | bots
          itinera.stages.otherwise = retention                     | stages
          itinera.marketing-channels.rules = []                    | marketing-channels
          itinera.future-tolerance = 2 days                        | loading
          itinera.identity.types.cookie.level = person             | identity.types
          itinera.exchange-rates { path = r, max-age = 7 days }    | exchange-rates
          """)
  void eachSettingThatShapesRowsIsNamed(String setting, String names) throws IOException {
    assertThat(String.join(", ", changedBy(setting))).isEqualTo(names);
  }

  private List<String> changedBy(String setting) throws IOException {
    MadeWith before = made(config(""));
    MadeWith after = made(config(setting));
    assertThat(after.fingerprint().equals(before.fingerprint()))
        .isEqualTo(after.differing(before.settings()).isEmpty());
    return after.differing(before.settings());
  }

  private static MadeWith made(ItineraConfig config) {
    return MadeWith.of(config.sources().get(0), config);
  }

  private ItineraConfig config(String setting) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), SETTINGS + setting + "\n");
    return ConfigReader.read(List.of(file), Map.of(), Map.of());
  }
}
