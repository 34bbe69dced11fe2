package io.itinera.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.SessionEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule at both sides of its border, a microsecond or a touchpoint apart. */
class SessionCutterTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final SessionLimits ADOBE =
      new SessionLimits(
          Optional.of(Duration.ofHours(12)),
          false,
          NewCampaign.NEVER,
          Optional.of(2500),
          Optional.of(new Burst(100, Duration.ofSeconds(100))),
          Optional.empty());
  private static final SessionLimits SNOWPLOW =
      new SessionLimits(
          Optional.of(Duration.ofDays(3)),
          false,
          NewCampaign.NEVER,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final Instant TEN = Instant.parse("2024-05-01T10:00:00Z");

  private SessionCutter cutter;

  @Test
  void silenceOfExactlyTheTimeoutGoesOnAndAMicrosecondMoreDoesNot() {
    cutter = cutter(SessionLimits.NONE);
    begin(TEN, null);

    assertThat(endBefore(TEN.plus(HALF_HOUR))).isNull();
    assertThat(endBefore(TEN.plus(HALF_HOUR).plus(1, ChronoUnit.MICROS)))
        .isEqualTo(SessionEnd.TIMEOUT);
  }

  @Test
  void timeoutMayBeMonths() {
    cutter =
        SessionCutter.of(
            CutRules.of(
                new ChannelRules(Cut.TIMEOUT, Duration.ofDays(90), false, SessionLimits.NONE),
                BERLIN));
    begin(TEN, null);

    assertThat(endBefore(TEN.plus(Duration.ofDays(90)))).isNull();
    assertThat(endBefore(TEN.plus(Duration.ofDays(90)).plus(1, ChronoUnit.MICROS)))
        .isEqualTo(SessionEnd.TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    // Winter, summer, the night that lacks an hour and the one that has one twice.
    "Europe/Berlin, 2026-01-01T23:00:00Z",
    "Europe/Berlin, 2026-07-01T22:00:00Z",
    "Europe/Berlin, 2026-03-28T23:00:00Z",
    "Europe/Berlin, 2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-10-24T22:00:00Z",
    "Europe/Berlin, 2026-10-25T23:00:00Z",
    "Asia/Kolkata, 2026-01-01T18:30:00Z",
    // The day begins at one o'clock; and the hour before midnight is there twice.
    "America/Sao_Paulo, 2018-11-04T03:00:00Z",
    "America/Sao_Paulo, 2018-02-18T03:00:00Z"
  })
  void midnightIsThatOfTheZone(ZoneId zone, Instant midnight) {
    cutter = cutter(matomo(), zone);
    begin(midnight.minus(Duration.ofMinutes(10)), null);

    assertThat(endBefore(midnight.minus(1, ChronoUnit.MICROS))).isNull();
    assertThat(endBefore(midnight)).isEqualTo(SessionEnd.MIDNIGHT);
    begin(midnight, null);
    assertThat(endBefore(midnight.plus(HALF_HOUR))).isNull();
  }

  @Test
  void midnightThatComesTwiceEndsNoSessionBetweenTheTwo() {
    // Clocks go back from a minute past midnight into the day before.
    cutter = cutter(matomo(), ZoneId.of("America/St_Johns"));
    Instant again = Instant.parse("2010-11-07T02:45:00Z");
    begin(again, null);

    assertThat(endBefore(again.plusSeconds(60))).isNull();
    assertThat(endBefore(Instant.parse("2010-11-07T03:29:59Z"))).isEqualTo(SessionEnd.TIMEOUT);
    cutter.goOn(micros(again.plus(Duration.ofMinutes(20))));
    assertThat(endBefore(Instant.parse("2010-11-07T03:29:59Z"))).isNull();
    assertThat(endBefore(Instant.parse("2010-11-07T03:30:00Z"))).isEqualTo(SessionEnd.MIDNIGHT);
  }

  @Test
  void sessionThatMidnightEndsBeforeItsSilenceIsOverEndsByMidnight() {
    cutter = cutter(matomo());
    begin(Instant.parse("2026-01-01T22:29:59.999999Z"), null);
    assertThat(cutter.endsBy()).isEqualTo(SessionEnd.MIDNIGHT);

    begin(Instant.parse("2026-01-01T22:29:59.999998Z"), null);
    assertThat(cutter.endsBy()).isEqualTo(SessionEnd.TIMEOUT);
  }

  @Test
  void twelveHoursAreTheMost() {
    cutter = cutter(ADOBE);
    begin(TEN, null);
    cutter.goOn(micros(TEN.plus(Duration.ofHours(12)).minus(HALF_HOUR)));

    assertThat(endBefore(TEN.plus(Duration.ofHours(12)))).isNull();
    cutter.goOn(micros(TEN.plus(Duration.ofHours(12))));
    assertThat(endBefore(TEN.plus(Duration.ofHours(12)).plus(1, ChronoUnit.MICROS)))
        .isEqualTo(SessionEnd.MAX_DURATION);
  }

  @Test
  void twoThousandFiveHundredTouchpointsAreTheMost() {
    cutter = cutter(ADOBE);
    begin(TEN, null);
    for (int i = 1; i < 2_499; i++) {
      assertThat(endBefore(TEN.plusSeconds(i * 2L))).isNull();
      cutter.goOn(micros(TEN.plusSeconds(i * 2L)));
    }

    assertThat(endBefore(TEN.plusSeconds(5_000))).isNull();
    cutter.goOn(micros(TEN.plusSeconds(5_000)));
    assertThat(endBefore(TEN.plusSeconds(5_000))).isEqualTo(SessionEnd.MAX_TOUCHPOINTS);
  }

  @Test
  void moreThanAHundredInTheFirstHundredSecondsAreTooMany() {
    cutter = cutter(ADOBE);
    begin(TEN, null);
    for (int i = 1; i < 100; i++) {
      assertThat(endBefore(TEN.plusSeconds(1))).isNull();
      cutter.goOn(micros(TEN.plusSeconds(1)));
    }

    assertThat(endBefore(TEN.plusSeconds(100))).isEqualTo(SessionEnd.MAX_TOUCHPOINTS);
    assertThat(endBefore(TEN.plusSeconds(100).plus(1, ChronoUnit.MICROS))).isNull();
  }

  @Test
  void anotherCampaignBeginsASessionAndNoneGoesOn() {
    cutter = cutter(matomo());
    begin(TEN, "spring");

    assertThat(endBefore(TEN, "spring")).isNull();
    assertThat(endBefore(TEN, null)).isNull();
    assertThat(endBefore(TEN, "summer")).isEqualTo(SessionEnd.CAMPAIGN);
    begin(TEN, null);
    assertThat(endBefore(TEN, "spring")).isEqualTo(SessionEnd.CAMPAIGN);
  }

  @Test
  void campaignMeansNothingWhereNoRuleIsAboutIt() {
    cutter = cutter(ADOBE);
    begin(TEN, "spring");

    assertThat(endBefore(TEN, "summer")).isNull();
  }

  @Test
  void predicateBeginsASession() {
    cutter = cutter(SessionLimits.NONE);
    begin(TEN, null);

    assertThat(cutter.endBefore(micros(TEN), null, true)).isEqualTo(SessionEnd.PREDICATE);
  }

  @Test
  void onlyTheLongestDurationEndsAVendorsSession() {
    cutter =
        SessionCutter.ofVendor(
            CutRules.of(new ChannelRules(Cut.TIMEOUT, HALF_HOUR, true, SNOWPLOW), BERLIN));
    begin(TEN, "spring");

    assertThat(cutter.endBefore(micros(TEN.plus(Duration.ofDays(3))), "summer", true)).isNull();
    assertThat(endBefore(TEN.plus(Duration.ofDays(3)).plus(1, ChronoUnit.MICROS)))
        .isEqualTo(SessionEnd.MAX_DURATION);
    assertThat(cutter.endsBy()).isEqualTo(SessionEnd.SOURCE_SESSION);
  }

  private static SessionLimits matomo() {
    return new SessionLimits(
        Optional.empty(),
        true,
        NewCampaign.CAMPAIGN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static SessionCutter cutter(SessionLimits limits) {
    return cutter(limits, BERLIN);
  }

  private static SessionCutter cutter(SessionLimits limits, ZoneId zone) {
    return SessionCutter.of(
        CutRules.of(new ChannelRules(Cut.TIMEOUT, HALF_HOUR, false, limits), zone));
  }

  private void begin(Instant at, String from) {
    cutter.begin(micros(at), from);
  }

  private SessionEnd endBefore(Instant at) {
    return endBefore(at, null);
  }

  private SessionEnd endBefore(Instant at, String from) {
    return cutter.endBefore(micros(at), from, false);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
