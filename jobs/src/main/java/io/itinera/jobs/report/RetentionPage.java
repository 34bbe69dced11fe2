package io.itinera.jobs.report;

import java.util.List;

/** Whether customers come back: by the week in which they came first, and week by week. */
final class RetentionPage implements Page {

  private static final String COHORT = "cohort_on";
  private static final String CUSTOMERS = "customers_count";
  private static final String PERIOD = "period";
  private static final String RETAINED = "retained_share";

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(cohorts(), weeks());
  }

  private static Figure cohorts() {
    return Figure.of(
        "cohorts",
        """
        SELECT cohort_on, period, customers_count, active_count,
          active_count / customers_count AS retained_share, orders_count, revenue
        FROM cohorts
        WHERE as_of = {as_of} AND cohort_by = 'first-touch' AND unit = 'week'
          AND periods = 'calendar' AND period BETWEEN 0 AND 12 AND is_complete
          AND customers_count >= {smallest}
          AND cohort_on > date_sub({as_of}, 91)
        ORDER BY cohort_on, period
        """,
        Drawing.grid(PERIOD, COHORT, RETAINED),
        Field.date(COHORT),
        Field.count(PERIOD),
        Field.count(CUSTOMERS),
        Field.count("active_count"),
        Field.share(RETAINED),
        Field.count("orders_count"),
        Field.money("revenue"));
  }

  private static Figure weeks() {
    return Figure.of(
        "weeks",
        """
        SELECT week_on, active_count, new_count, returning_count, resurrected_count,
          dormant_count, stickiness
        FROM lifecycle_weeks
        WHERE as_of = {as_of} AND active_count >= {smallest}
        ORDER BY week_on DESC
        LIMIT 26
        """,
        Drawing.parts("week_on", "new_count", "returning_count", "resurrected_count"),
        Field.date("week_on"),
        Field.count("active_count"),
        Field.count("new_count"),
        Field.count("returning_count"),
        Field.count("resurrected_count"),
        Field.count("dormant_count"),
        Field.share("stickiness"));
  }

  /** The youngest cohort whose first week behind its own is over. */
  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding cohorts = findings.of(name(), "cohorts");
    int youngest = -1;
    for (int row : cohorts.places()) {
      youngest = cohorts.number(row, PERIOD) == 1 ? row : youngest;
    }
    if (youngest < 0) {
      return List.of();
    }
    return List.of(
        language.say(
            "sentence.retention",
            language.counted("customers", cohorts.number(youngest, CUSTOMERS)),
            language.shown(Measure.DATE, cohorts.value(youngest, COHORT)),
            language.shown(Measure.SHARE, cohorts.value(youngest, RETAINED))));
  }
}
