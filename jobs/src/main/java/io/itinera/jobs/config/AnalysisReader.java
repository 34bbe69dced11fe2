package io.itinera.jobs.config;

import io.itinera.core.customer.CustomerRules;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.path.PathRules;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.rule.OrderClasses;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.CustomerDays;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the settings of everything after loading.
 *
 * @param timeZone zone of calendar days
 * @param viewTypes touchpoint types that are page views
 * @param conversionTypes touchpoint types that are conversions
 */
record AnalysisReader(ZoneId timeZone, Set<String> viewTypes, Set<String> conversionTypes) {

  private static final String DAYS_AGO = "days_ago";

  SessionRules sessions(Settings sessions) {
    ChannelRules otherwise =
        new ChannelRules(
            Cut.TIMEOUT,
            sessions.get("timeout", Kind.DURATION),
            sessions.get("use-source-session", Kind.FLAG));
    Map<String, ChannelRules> channels = new HashMap<>();
    sessions
        .section("channels")
        .named()
        .forEach(
            (name, channel) ->
                channels.put(name, channel.build(() -> channelRules(channel, otherwise))));
    channels.values().removeIf(rules -> rules == null);
    long engaged = sessions.get("engaged", Kind.DURATION).toSeconds();
    return new SessionRules(channels, otherwise, viewTypes, conversionTypes, engaged, timeZone);
  }

  private static ChannelRules channelRules(Settings channel, ChannelRules otherwise) {
    return new ChannelRules(
        channel.find("cut", Kind.choice(Cut.class)).orElse(otherwise.cut()),
        channel.find("timeout", Kind.DURATION).orElse(otherwise.timeout()),
        channel.find("use-source-session", Kind.FLAG).orElse(otherwise.useSourceSession()));
  }

  JourneyRules journeys(Settings journeys) {
    return new JourneyRules(
        journeys.get("gap", Kind.DURATION),
        conversionTypes,
        journeys.get("step-unit", Kind.choice(StepUnit.class)),
        journeys.get("step-label", Kind.choice(StepLabel.class)),
        journeys.get("repeats", Kind.choice(Repeats.class)),
        Set.copyOf(journeys.list("contact-centre-channels", Kind.NAME)),
        Set.copyOf(journeys.list("complaint-types", Kind.NAME)),
        timeZone);
  }

  CustomerRules customers(Settings customers, OrderClasses classes, Set<String> personTypes) {
    return new CustomerRules(
        classes,
        customers.get("stage-window", Kind.days(1)),
        conversionTypes,
        viewTypes,
        personTypes,
        timeZone);
  }

  static OrderClasses orderClasses(Settings classes) {
    return new OrderClasses(
        classes.get("active", Kind.days(0)),
        classes.get("inactive", Kind.days(0)),
        classes.get("frequent-orders", Kind.whole(1, Integer.MAX_VALUE)),
        classes.get("loyal-orders", Kind.whole(1, Integer.MAX_VALUE)),
        classes.get("vip-share", Kind.decimal(0, 1)));
  }

  static PersonaRules personas(Settings personas) {
    List<String> columns = new ArrayList<>(List.of(CustomerDays.TABLE.schema().fieldNames()));
    columns.add(DAYS_AGO);
    return new PersonaRules(
        personas.section("features").values(Sql.aggregateOver(columns)),
        personas.get("window", Kind.days(1)),
        personas.get("fewest", Kind.whole(2, 100)),
        personas.get("most", Kind.whole(2, 100)),
        personas.get("seed", Kind.whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        personas.get("training-rows", Kind.whole(100, Integer.MAX_VALUE)),
        personas.get("named-features", Kind.whole(1, 100)));
  }

  static PathRules paths(Settings paths) {
    return new PathRules(paths.get("window", Kind.days(1)));
  }
}
