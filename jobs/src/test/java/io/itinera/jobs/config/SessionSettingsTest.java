package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.session.SessionLimits;
import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionSettingsTest {

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  @TempDir Path folder;

  @Test
  void rulesAreThoseOfGa4UnlessSetOtherwise() {
    SessionRules rules = read("");

    assertThat(rules.otherwise())
        .isEqualTo(new ChannelRules(Cut.TIMEOUT, HALF_HOUR, true, SessionLimits.NONE));
    assertThat(rules.channels().get("call"))
        .isEqualTo(new ChannelRules(Cut.CONVERSATION, HALF_HOUR, true, SessionLimits.NONE));
  }

  @Test
  void presetsHaveTheirVendorsRules() {
    assertThat(preset("universal-analytics"))
        .isEqualTo(timed(false, Optional.empty(), true, NewCampaign.SOURCE));
    assertThat(preset("matomo"))
        .isEqualTo(timed(false, Optional.empty(), true, NewCampaign.CAMPAIGN));
    assertThat(preset("snowplow"))
        .isEqualTo(timed(true, Optional.of(Duration.ofDays(3)), false, NewCampaign.NEVER));
    assertThat(preset("adobe-analytics"))
        .isEqualTo(
            new ChannelRules(
                Cut.TIMEOUT,
                HALF_HOUR,
                false,
                new SessionLimits(
                    Optional.of(Duration.ofHours(12)),
                    false,
                    NewCampaign.NEVER,
                    Optional.of(2500),
                    Optional.of(new Burst(100, Duration.ofSeconds(100))),
                    Optional.empty())));
  }

  @Test
  void everyPresetIsAFile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf/sessions"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".conf", "")))
          .containsExactlyInAnyOrderElementsOf(Presets.SESSIONS);
    }
  }

  @Test
  void channelHasItsOwnPresetAndWhatIsSetBesideItWins() {
    SessionRules rules =
        read(
            """
            preset = adobe-analytics
            max-touchpoints = none
            channels.app { preset = matomo, timeout = 90 days }
            channels.social { new-session-on = "type = 'login'" }
            """);

    assertThat(rules.otherwise().limits().mostTouchpoints()).isEmpty();
    assertThat(rules.otherwise().limits().burst()).isPresent();
    assertThat(rules.channels().get("app").timeout()).isEqualTo(Duration.ofDays(90));
    assertThat(rules.channels().get("app").limits().atMidnight()).isTrue();
    assertThat(rules.channels().get("app").limits().burst()).isEmpty();
    assertThat(rules.channels().get("social").limits().newSessionOn()).contains("type = 'login'");
    assertThat(rules.channels().get("social").limits().longest()).contains(Duration.ofHours(12));
    assertThat(rules.columnsOfExpressions()).containsExactly("type");
  }

  @Test
  void conversationsTakeNoLimitsOfVisits() {
    SessionRules rules =
        read(
            "preset = adobe-analytics, channels.chat { cut = conversation, max-duration = 9 days"
                + " }");

    assertThat(rules.channels().get("call").limits()).isEqualTo(SessionLimits.NONE);
    assertThat(rules.channels().get("chat").limits().longest()).contains(Duration.ofDays(9));
    assertThat(rules.channels().get("chat").limits().mostTouchpoints()).isEmpty();
  }

  @Test
  void problemsNameKeyValueAndWhatIsAllowed() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    preset = google
                    timeout = 0 minutes
                    max-duration = 12
                    max-touchpoints = 0
                    new-campaign = always
                    new-session-on = "tpye = 'login'"
                    channels.web { new-session-on = "count(*) > 1", burst-time = 40000 days }
                    """))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.sessions.preset")
        .hasMessageContaining("one of adobe-analytics, ga4, matomo, snowplow, universal-analytics")
        .hasMessageContaining("itinera.sessions.timeout")
        .hasMessageContaining("must be from 1 millisecond to 36500 days")
        .hasMessageContaining("itinera.sessions.max-duration")
        .hasMessageContaining("itinera.sessions.max-touchpoints")
        .hasMessageContaining("one of never, campaign, source")
        .hasMessageContaining("unknown column tpye")
        .hasMessageContaining("itinera.sessions.channels.web.new-session-on")
        .hasMessageContaining("must be about one touchpoint")
        .hasMessageContaining("itinera.sessions.channels.web.burst-time");
  }

  @Test
  void definitionsTakeWhatTheyLeaveOutFromThePrimaryOne() {
    List<SessionRules> others =
        ConfigText.read(
                folder,
                """
                itinera.sessions {
                  timeout = 20 minutes
                  definitions {
                    quarter { timeout = 90 days, across-channels = true }
                    visits { preset = matomo }
                  }
                }
                """)
            .otherSessions();

    assertThat(others)
        .extracting(rules -> rules.table().name())
        .containsExactly("sessions_quarter", "sessions_visits");
    SessionRules quarter = others.get(0);
    assertThat(quarter.scope().acrossChannels()).isTrue();
    assertThat(quarter.channels()).isEmpty();
    assertThat(quarter.otherwise())
        .isEqualTo(new ChannelRules(Cut.TIMEOUT, Duration.ofDays(90), false, SessionLimits.NONE));
    SessionRules visits = others.get(1);
    assertThat(visits.otherwise().timeout()).isEqualTo(HALF_HOUR);
    assertThat(visits.channels()).containsKey("call");
    assertThat(visits.engagedSeconds()).isEqualTo(10);
  }

  @Test
  void namesOfDefinitionsBecomeTables() {
    for (String name : List.of("Quarter", "my-quarter", "latest", "q\\\"")) {
      assertThatThrownBy(() -> read("definitions.\"%s\" { timeout = 90 days }".formatted(name)))
          .isInstanceOf(ConfigProblemsException.class)
          .hasMessageContaining("itinera.sessions.definitions.")
          .hasMessageContaining("becomes the table sessions_quarter");
    }
    assertThatThrownBy(
            () -> read("definitions.all { across-channels = true, channels.web.timeout = 1 day }"))
        .hasMessageContaining("sessions across channels have one rule for all of them");
  }

  private ChannelRules preset(String name) {
    return read("preset = " + name).otherwise();
  }

  private static ChannelRules timed(
      boolean isVendors, Optional<Duration> longest, boolean atMidnight, NewCampaign campaign) {
    return new ChannelRules(
        Cut.TIMEOUT,
        HALF_HOUR,
        isVendors,
        new SessionLimits(
            longest, atMidnight, campaign, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private SessionRules read(String sessions) {
    List<String> lines = List.of("itinera.sessions {", sessions, "}");
    return ConfigText.read(folder, String.join("\n", lines)).sessions();
  }
}
