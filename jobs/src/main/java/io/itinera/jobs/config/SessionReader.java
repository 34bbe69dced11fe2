package io.itinera.jobs.config;

import io.itinera.core.session.PrecedingRules;
import io.itinera.core.session.SessionLimits;
import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.session.SessionRules.Scope;
import io.itinera.core.table.Touchpoints;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads when sessions end.
 *
 * @param timeZone zone of calendar days
 * @param viewTypes touchpoint types that are page views
 * @param conversionTypes touchpoint types that are conversions
 */
record SessionReader(ZoneId timeZone, Set<String> viewTypes, Set<String> conversionTypes) {

  private static final Pattern NAME = Pattern.compile("(?!latest$)[a-z][a-z0-9_]{0,39}");
  private static final SettingKind<Integer> AT_LEAST_ONE = SettingKind.whole(1, Integer.MAX_VALUE);

  /** More than anybody's life, and far less than a clock can count. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What stands where nothing is said: what presets say replaces it. */
  private static final ChannelRules NOTHING_SAID =
      new ChannelRules(Cut.TIMEOUT, Duration.ofMinutes(30), true);

  private static final SettingKind<Duration> TIME =
      new SettingKind<>(
          "a duration of up to 36500 days, such as 30 minutes",
          Duration.ofDays(1),
          value -> {
            Duration time = SettingKind.DURATION.convert().apply(value);
            if (time.compareTo(LONGEST) > 0 || time.compareTo(Duration.ofMillis(1)) < 0) {
              throw new IllegalArgumentException("must be from 1 millisecond to 36500 days");
            }
            return time;
          });

  SessionRules read(Settings sessions) {
    ChannelRules otherwise = rules(sessions, NOTHING_SAID);
    Map<String, ChannelRules> channels = channels(sessions.section("channels"), otherwise);
    long engaged = sessions.get("engaged", SettingKind.DURATION).toSeconds();
    PrecedingRules preceding = preceding(sessions.section("after-web"));
    return new SessionRules(
        channels,
        otherwise,
        viewTypes,
        conversionTypes,
        engaged,
        timeZone,
        Scope.PRIMARY,
        preceding == null ? PrecedingRules.NONE : preceding);
  }

  /**
   * The other definitions, in order of their names.
   *
   * @param primary what they leave out is as there
   */
  List<SessionRules> others(Settings sessions, SessionRules primary) {
    Settings definitions = sessions.section("definitions");
    List<SessionRules> others = new ArrayList<>();
    definitions
        .named()
        .forEach(
            (name, definition) -> {
              if (NAME.matcher(name).matches()) {
                others.add(definition.build(() -> other(name, definition, primary)));
              } else {
                definitions.refuse(
                    name,
                    "must have a name in small letters, digits and _, at most 40 and not latest,"
                        + " such as quarter: it becomes the table sessions_quarter");
              }
            });
    others.removeIf(rules -> rules == null);
    return others;
  }

  private SessionRules other(String name, Settings definition, SessionRules primary) {
    boolean isAcross = definition.find("across-channels", SettingKind.FLAG).orElse(false);
    ChannelRules main = primary.otherwise();
    // A vendor's session knows nothing of other channels.
    ChannelRules inherited =
        new ChannelRules(
            main.cut(), main.timeout(), main.useSourceSession() && !isAcross, main.limits());
    ChannelRules otherwise = rules(definition, inherited);
    Map<String, ChannelRules> channels =
        definition
            .findSection("channels")
            .map(section -> channels(section, otherwise))
            .orElse(isAcross ? Map.of() : primary.channels());
    long engaged =
        definition
            .find("engaged", SettingKind.DURATION)
            .map(Duration::toSeconds)
            .orElse(primary.engagedSeconds());
    return new SessionRules(
        channels,
        otherwise,
        viewTypes,
        conversionTypes,
        engaged,
        timeZone,
        new Scope(name, isAcross),
        PrecedingRules.NONE);
  }

  private static PrecedingRules preceding(Settings section) {
    Set<String> channels = Set.copyOf(section.list("channels", SettingKind.NAME));
    Set<String> webChannels = Set.copyOf(section.list("web-channels", SettingKind.NAME));
    Duration within = section.get("within", SettingKind.DURATION);
    Optional<String> link =
        section.get(
            "link",
            SettingKind.orNone(
                SqlInSettings.over(Optional.of(List.of(Touchpoints.TABLE.schema().fieldNames())))));
    Duration tolerance = section.get("tolerance", SettingKind.DURATION);
    return section.build(() -> new PrecedingRules(channels, webChannels, within, link, tolerance));
  }

  private static Map<String, ChannelRules> channels(Settings section, ChannelRules otherwise) {
    Map<String, ChannelRules> channels = new TreeMap<>();
    section
        .named()
        .forEach(
            (name, channel) -> channels.put(name, channel.build(() -> rules(channel, otherwise))));
    channels.values().removeIf(rules -> rules == null);
    return channels;
  }

  private static ChannelRules rules(Settings section, ChannelRules others) {
    section.find("preset", SettingKind.oneOf(Presets.SESSIONS));
    Cut cut = section.find("cut", SettingKind.choice(Cut.class)).orElse(others.cut());
    // How visits to a site end says nothing of conversations.
    boolean isAlike = cut == others.cut();
    return new ChannelRules(
        cut,
        section.find("timeout", TIME).orElse(others.timeout()),
        section.find("use-source-session", SettingKind.FLAG).orElse(others.useSourceSession()),
        limits(section, isAlike ? others.limits() : SessionLimits.NONE));
  }

  private static SessionLimits limits(Settings section, SessionLimits others) {
    Optional<Integer> most =
        section
            .find("max-burst", SettingKind.orNone(AT_LEAST_ONE))
            .orElse(others.burst().map(Burst::touchpoints));
    Duration within =
        section
            .find("burst-time", TIME)
            .or(() -> others.burst().map(Burst::within))
            .orElse(Duration.ofSeconds(100));
    return new SessionLimits(
        section.find("max-duration", SettingKind.orNone(TIME)).orElse(others.longest()),
        section.find("midnight", SettingKind.FLAG).orElse(others.atMidnight()),
        section
            .find("new-campaign", SettingKind.choice(NewCampaign.class))
            .orElse(others.newCampaign()),
        section
            .find("max-touchpoints", SettingKind.orNone(AT_LEAST_ONE))
            .orElse(others.mostTouchpoints()),
        most.map(touchpoints -> new Burst(touchpoints, within)),
        section
            .find("new-session-on", SettingKind.orNone(predicate()))
            .orElse(others.newSessionOn()));
  }

  private static SettingKind<String> predicate() {
    List<String> columns = Arrays.asList(Touchpoints.TABLE.schema().fieldNames());
    return SqlInSettings.predicateOver(columns);
  }
}
