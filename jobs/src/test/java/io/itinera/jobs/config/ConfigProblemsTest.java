package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigProblemsTest {

  @TempDir Path folder;

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                ConfigText.read(
                    folder,
                    """
                    itinera {
                      curency = EUR
                      journeys.gap = 30
                    }
                    """))
        .hasMessage(
            """
            The configuration has 2 problems; nothing was read or written:
              %s/my.conf:3: itinera.journeys.gap = 30: needs a unit, such as 30 minutes or 30 days
              %s/my.conf:2: itinera.curency = EUR: unknown setting; did you mean "currency"?\
            """
                .formatted(folder, folder));
  }

  @Test
  void refusesMissingFileAndMissingInclude() {
    assertThatThrownBy(
            () ->
                ConfigReader.read(
                    List.of(Path.of("no.conf"), Path.of("nor.conf")), Map.of(), Map.of()))
        .hasMessageContaining("no.conf: there is no such file, or it cannot be read")
        .hasMessageContaining("nor.conf: there is no such file, or it cannot be read");
    assertThat(problems(folder, "include \"gone.conf\""))
        .singleElement()
        .asString()
        .contains("gone.conf");
  }

  @Test
  void refusesDecisionsThatSayNothingAndTellsNobodysName() {
    assertThat(
            problems(
                folder,
                """
                itinera.identity {
                  never = [{ left = "emial:ann@example.org", right = "user_id:7" }]
                  always = [{ left = "user_id:7", right = "user_id:7" }]
                  ignore = ["phone:+4930123456"]
                  devices.ownership = share
                  types.email.max-per-customer = 0
                }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.identity.never[0].left = (hidden): must be an identifier as tables"
                + " have it, such as \"email:ann@example.org\"; types are advertising_id, cookie,"
                + " crm_id, device_id, email, loyalty_id, phone, user_id",
            "my.conf:3: itinera.identity.always[0]: always is about two different identifiers",
            "my.conf:4: itinera.identity.ignore[0] = (hidden): must be a section in braces",
            "my.conf:5: itinera.identity.devices.ownership = share: must be one of shared,"
                + " signed-in, latest; did you mean \"shared\"?",
            "my.conf:6: itinera.identity.types.email.max-per-customer = 0: must be a whole number"
                + " from 1 to 2147483647");
  }

  @Test
  void refusesSharesWithoutTheirSignAndHoursThatAreNone() {
    assertThat(
            problems(
                folder,
                """
                itinera {
                  quality.verify-sample = 1
                  kpis.business-hours { from = "17:00", to = "09:00" }
                  kpis.service.reply-business-minutes = "business_seconds(occurred_at)"
                }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.quality.verify-sample = 1: must be a share from 0% to 100%, such as"
                + " 1%",
            "my.conf:3: itinera.kpis.business-hours: business hours need a day of the week, and"
                + " must end after they begin on the same day",
            "my.conf:4: itinera.kpis.service.reply-business-minutes ="
                + " business_seconds(occurred_at): The function is called as"
                + " business_seconds(start, end)");
    assertThat(
            problems(
                folder,
                """
                itinera {
                  quality.verify-sample = 101%
                  kpis.business-hours { from = 9, holidays = [christmas] }
                }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.quality.verify-sample = 101%: must be a share from 0% to 100%, such"
                + " as 1%",
            "my.conf:3: itinera.kpis.business-hours.from = 9: must be a time of day from 00:00 to"
                + " 24:00, such as \"09:00\"",
            "my.conf:3: itinera.kpis.business-hours.holidays[0] = christmas: must be a date that"
                + " exists, written like 2026-01-31");
  }

  @Test
  void refusesTextThatIsNotHocon() {
    assertThat(problems(folder, "itinera {\n  landing = [\n}"))
        .singleElement()
        .asString()
        .startsWith("my.conf: 3:");
  }

  @Test
  void refusesSubstitutionOfNothing() {
    assertThat(problems(folder, "itinera.landing = ${landing_root}"))
        .containsExactly("my.conf: 1: Could not resolve substitution to a value: ${landing_root}");
  }

  @Test
  void refusesUnknownKeysAtAnyDepth() {
    assertThat(
            problems(
                folder,
                """
                itenera.landing = x
                itinera.sessions.channels.web.timout = 5 minutes
                itinera.rfm.colour = red
                """))
        .containsExactly(
            "my.conf:1: itenera: unknown setting; did you mean \"itinera\"?",
            "my.conf:2: itinera.sessions.channels.web.timout = 5 minutes: unknown setting; did you"
                + " mean \"timeout\"?",
            "my.conf:3: itinera.rfm.colour = red: unknown setting; known here: grid, scoring,"
                + " thresholds, window");
  }

  @Test
  void refusesWrongTypesZonesAndDates() {
    assertThat(
            problems(
                folder,
                """
                itinera {
                  time-zone = Europe/Berln
                  as-of = 2026-02-30
                  currency = EURO
                  conversion-types = purchase
                  sessions = none
                  max-rejected-share = 5
                  personas.most = many
                  customers.stage-window = 36 hours
                  journeys.repeats = exposures
                  sessions.use-source-session = maybe
                }
                """))
        .contains(
            "my.conf:2: itinera.time-zone = Europe/Berln: must be a time zone, such as"
                + " Europe/Berlin; did you mean \"Europe/Berlin\"?",
            "my.conf:3: itinera.as-of = 2026-02-30: must be a date that exists, written like"
                + " 2026-01-31",
            "my.conf:4: itinera.currency = EURO: must be an ISO 4217 currency code, such as EUR;"
                + " did you mean \"EUR\"?",
            "my.conf:5: itinera.conversion-types = purchase: must be a list in brackets",
            "my.conf:7: itinera.max-rejected-share = 5: must be a number from 0.0 to 1.0",
            "my.conf:8: itinera.personas.most = many: must be a whole number from 2 to 100",
            "my.conf:9: itinera.customers.stage-window = 36 hours: must be whole days, at least 1,"
                + " such as 365 days",
            "my.conf:10: itinera.journeys.repeats = exposures: must be one of exposure, unique,"
                + " first, remove-direct; did you mean \"exposure\"?",
            "my.conf:11: itinera.sessions.use-source-session = maybe: must be true or false");
  }

  @Test
  void refusesGainsLanguagesAndPagesThatCannotBe() {
    assertThat(
            problems(
                folder,
                """
                itinera.personas.least-gain = 3
                itinera.value.language = de
                itinera.journeys.pages.groups = [{ name = a, any = [] }]
                """))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line).startsWith("my.conf:1: itinera.personas.least-gain = 3: must be"),
            line ->
                assertThat(line).startsWith("my.conf:2: itinera.value.language = de: must be one"),
            line -> assertThat(line).contains("groups[0]", "any must name a page"));
  }

  @Test
  void refusesChurnModelsThatCannotBe() {
    assertThat(
            problems(
                folder,
                """
                itinera.value.churn {
                  models = [value-model, boosted-tree]
                  every = 0 days
                  least-labelled = 5
                }
                """))
        .contains(
            "my.conf:2: itinera.value.churn.models[1] = boosted-tree: must be one of value-model,"
                + " logistic-regression, boosted-trees; did you mean \"boosted-trees\"?",
            "my.conf:3: itinera.value.churn.every = 0 days: must be whole days, at least 1, such as"
                + " 365 days",
            "my.conf:4: itinera.value.churn.least-labelled = 5: must be a whole number from 20 to"
                + " 1000000");
    assertThat(problems(folder, "itinera.value.churn.models = [boosted-trees]"))
        .singleElement()
        .asString()
        .contains("itinera.value.churn", "models must have value-model among them");
    assertThat(
            problems(
                folder, "itinera.value.churn { least-labelled = 1000, most-customers = 1999 }"))
        .singleElement()
        .asString()
        .contains("most-customers must be at least twice least-labelled (1000), was 1999");
  }

  @Test
  void refusesSettingsOfSparkThatAreNotFreeOrAreSetTwice() {
    assertThat(
            problems(
                folder,
                """
                itinera.spark {"spark.ui.enabled" = true, spark { ui.enabled = true, sql.session.timeZone = CET }}
                """))
        .containsExactlyInAnyOrder(
            "my.conf:1: itinera.spark: spark.sql.session.timeZone is always UTC, leave it out;"
                + " itinera.time-zone is for calendar days",
            "my.conf:1: itinera.spark.spark.ui.enabled = true: is set twice; leave out its quotes");
  }

  @Test
  void neverShowsTheKeyOfIds() {
    assertThat(problems(folder, "itinera.id-key = \"  \""))
        .containsExactly("my.conf:1: itinera.id-key = (hidden): must be text that is not blank");
  }

  @Test
  void namesTheCommandLineAsPlaceOfAProblem() {
    assertThatThrownBy(
            () -> ConfigReader.read(List.of(), Map.of("itinera.rfm.window", "365"), Map.of()))
        .hasMessageContaining(
            "--set: itinera.rfm.window = 365: needs a unit, such as 365 minutes or 365 days");
  }

  @Test
  void refusesGridWithHolesAndOverlaps() {
    assertThat(
            problems(
                folder,
                """
                itinera.rfm.grid = [
                  { segment = low, r = "1-3", f = "1-5" }
                  { segment = high, r = "3-5", f = "2-5" }
                ]
                """))
        .hasSize(6)
        .contains(
            "my.conf:1: itinera.rfm: the grid must cover each cell exactly once, but"
                + " R3 F2 is in low and high",
            "my.conf:1: itinera.rfm: the grid must cover each cell exactly once, but"
                + " R4 F1 is in no segment");
  }

  @Test
  void gridWithMonetaryScoresHas125CellsEachOfWhichMustBeInOneSegment() {
    assertThat(
            problems(
                folder,
                """
                itinera.rfm.grid = [
                  { segment = small, r = "1-5", f = "1-5", m = "1-3" }
                  { segment = large, r = "1-5", f = "1-5", m = "4-5" }
                  { segment = best, r = 5, f = 5, m = 5 }
                ]
                """))
        .containsExactly(
            "my.conf:1: itinera.rfm: the grid must cover each cell exactly once, but"
                + " R5 F5 M5 is in large and best");
  }

  @Test
  void refusesWhatARecordRefuses() {
    assertThat(problems(folder, "itinera.personas { fewest = 9, most = 3 }"))
        .singleElement()
        .asString()
        .endsWith("itinera.personas: most must be at least fewest (9), was 3");
  }
}
