package io.itinera.jobs.report;

import io.itinera.core.persona.Unit;
import io.itinera.jobs.config.ReportRules;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the queries of a report are about.
 *
 * @param asOf the night
 * @param rules how far back it looks, and how small a group it may show
 * @param pathDays journeys that ended within so many days up to the night count for paths
 * @param units what features of customers count in, by their names
 */
record Scope(LocalDate asOf, ReportRules rules, int pathDays, Map<String, Unit> units) {

  Scope(LocalDate asOf, ReportRules rules, int pathDays) {
    this(asOf, rules, pathDays, Map.of());
  }

  /**
   * The query with what it is about in place of {@code {as_of}}, {@code {since}} (first of the
   * report's days), {@code {paths_since}} (first day of journeys whose paths count) and {@code
   * {smallest}} (customers or journeys in the smallest group that may be shown).
   */
  String sql(String query) {
    return query
        .replace("{as_of}", date(asOf))
        .replace("{since}", date(asOf.minusDays(rules.days() - 1L)))
        .replace("{paths_since}", date(asOf.minusDays(pathDays - 1L)))
        .replace("{smallest}", Integer.toString(rules.smallestGroup()));
  }

  private static String date(LocalDate day) {
    return "DATE '" + day + "'";
  }
}
