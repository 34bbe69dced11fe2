package io.itinera.core.customer;

import io.itinera.core.rule.OrderClasses;
import java.time.ZoneId;
import java.util.Set;

/**
 * What an identity card shows.
 *
 * @param classes classes by recency and frequency
 * @param stageWindowDays a stage counts when it was reached within this many days to as_of
 * @param conversionTypes touchpoint types that count as orders
 * @param viewTypes touchpoint types that count as page views
 * @param personTypes identifier types that name a person
 * @param timeZone zone of calendar days
 * @param survivorship which profile each personal attribute comes from
 */
public record CustomerRules(
    OrderClasses classes,
    int stageWindowDays,
    Set<String> conversionTypes,
    Set<String> viewTypes,
    Set<String> personTypes,
    ZoneId timeZone,
    Survivorship survivorship) {

  /** Of personal attributes the latest word counts. */
  public CustomerRules(
      OrderClasses classes,
      int stageWindowDays,
      Set<String> conversionTypes,
      Set<String> viewTypes,
      Set<String> personTypes,
      ZoneId timeZone) {
    this(
        classes,
        stageWindowDays,
        conversionTypes,
        viewTypes,
        personTypes,
        timeZone,
        Survivorship.USUAL);
  }

  public CustomerRules {
    conversionTypes = Set.copyOf(conversionTypes);
    viewTypes = Set.copyOf(viewTypes);
    personTypes = Set.copyOf(personTypes);
    if (stageWindowDays < 1) {
      throw new IllegalArgumentException(
          "stage-window-days must be at least 1, was " + stageWindowDays);
    }
  }
}
