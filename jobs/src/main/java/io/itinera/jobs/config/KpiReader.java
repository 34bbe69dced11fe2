package io.itinera.jobs.config;

import io.itinera.core.kpi.KpiRules;
import io.itinera.core.kpi.KpiRules.Goal;
import io.itinera.core.kpi.KpiRules.Service;
import io.itinera.core.rule.BusinessHours;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what is measured of touchpoints, and what they are for.
 *
 * @param conversionTypes touchpoint types that are conversions
 * @param timeZone of calendar days
 */
record KpiReader(Set<String> conversionTypes, ZoneId timeZone) {

  private static final SettingKind<String> OF_TOUCHPOINT =
      SqlInSettings.inBusinessHours(List.of(Touchpoints.TABLE.schema().fieldNames()));
  private static final SettingKind<String> OF_MEASURES =
      SqlInSettings.inBusinessHours(TouchpointKpis.MEASURES);
  private static final double MOST = 1e15;

  KpiRules read(Settings kpis) {
    return new KpiRules(
        kpis.get("location-group", OF_TOUCHPOINT),
        kpis.get("is-action", OF_TOUCHPOINT),
        service(kpis.section("service")),
        kpis.sections("goals").stream().map(KpiReader::goal).toList(),
        conversionTypes,
        hours(kpis.section("business-hours")));
  }

  private BusinessHours hours(Settings hours) {
    BusinessHours read =
        hours.build(
            () ->
                new BusinessHours(
                    Set.copyOf(hours.list("days", SettingKind.choice(DayOfWeek.class))),
                    hours.get("from", SettingKind.SECOND_OF_DAY),
                    hours.get("to", SettingKind.SECOND_OF_DAY),
                    Set.copyOf(hours.list("holidays", SettingKind.DATE)),
                    hours.find("time-zone", SettingKind.ZONE).orElse(timeZone)));
    return read == null
        ? new BusinessHours(EnumSet.allOf(DayOfWeek.class), 0, 1, Set.of(), timeZone)
        : read;
  }

  private static Service service(Settings service) {
    return new Service(
        service.get("queue-seconds", OF_TOUCHPOINT),
        service.get("hold-seconds", OF_TOUCHPOINT),
        service.get("handle-seconds", OF_TOUCHPOINT),
        service.get("is-solved-at-once", OF_TOUCHPOINT),
        service.get("is-reopened", OF_TOUCHPOINT),
        service.get("reply-minutes", OF_TOUCHPOINT),
        service.get("reply-business-minutes", OF_TOUCHPOINT));
  }

  private static Goal goal(Settings goal) {
    return new Goal(
        names(goal, "channels"),
        names(goal, "types"),
        goal.get("goal", SettingKind.FILLED),
        goal.get("kpi", SettingKind.FILLED),
        goal.get("value", OF_MEASURES),
        goal.get("target", SettingKind.decimal(-MOST, MOST)));
  }

  private static Set<String> names(Settings goal, String key) {
    return goal.has(key) ? Set.copyOf(goal.list(key, SettingKind.NAME)) : Set.of();
  }
}
