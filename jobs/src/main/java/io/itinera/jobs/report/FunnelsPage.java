package io.itinera.jobs.report;

import java.util.List;

/** How far customers come in each funnel, what those do who leave it, and why. */
final class FunnelsPage implements Page {

  private static final String FUNNEL = "funnel";
  private static final String ENTERED = "entered_count";
  private static final String CUSTOMERS = "customers_count";
  private static final String STEP = "step_name";
  private static final String OVERALL = "overall_rate";

  @Override
  public String name() {
    return "funnels";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(steps(), instead(), causes());
  }

  /** What went on of the last step is what came to it: there is nothing behind it to reach. */
  private static Figure steps() {
    return Figure.of(
        "steps",
        """
        SELECT funnel, concat(funnel, ' ', step, ': ', step_name) AS step_name, entered_count,
          IF(step = max(step) OVER (PARTITION BY funnel), entered_count, converted_to_next_count)
            AS went_on_count,
          dropped_count AS left_count, open_count, conversion_rate, overall_rate,
          median_seconds_from_previous
        FROM funnels
        WHERE as_of = {as_of} AND segment_type = 'all' AND entered_count >= {smallest}
        ORDER BY funnel, step
        LIMIT 100
        """,
        Drawing.parts(STEP, "went_on_count", "left_count", "open_count"),
        Field.text(FUNNEL),
        Field.text(STEP),
        Field.count(ENTERED),
        Field.count("went_on_count"),
        Field.count("left_count"),
        Field.count("open_count"),
        Field.share("conversion_rate"),
        Field.share(OVERALL),
        Field.seconds("median_seconds_from_previous"));
  }

  private static Figure instead() {
    return Figure.of(
        "instead",
        """
        SELECT step_name, next_step, sum(customers_count) AS customers_count, sum(share) AS share
        FROM (
          SELECT concat(funnel, ' ', step, ': ', step_name) AS step_name,
            IF(customers_count >= {smallest}, next_step, '(other)') AS next_step,
            customers_count, share
          FROM funnel_drops
          WHERE as_of = {as_of})
        GROUP BY step_name, next_step
        ORDER BY step_name, customers_count DESC, next_step
        LIMIT 200
        """,
        Drawing.grid("next_step", STEP, "share"),
        Field.text(STEP),
        Field.word("next_step"),
        Field.count(CUSTOMERS),
        Field.share("share"));
  }

  private static Figure causes() {
    return Figure.of(
        "causes",
        """
        SELECT concat(funnel, ' ', step, ': ', step_name) AS step_name, condition,
          customers_count, drop_rate, lift, holdout_lift
        FROM drop_causes
        WHERE as_of = {as_of} AND customers_count >= {smallest}
        ORDER BY step_name, support * (lift - 1) DESC, condition
        LIMIT 50
        """,
        Drawing.NONE,
        Field.text(STEP),
        Field.text("condition"),
        Field.count(CUSTOMERS),
        Field.share("drop_rate"),
        Field.decimal("lift"),
        Field.decimal("holdout_lift"));
  }

  /** The first funnel in a sentence: who began, and who came to its end. */
  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding steps = findings.of(name(), "steps");
    if (steps.isEmpty() || steps.number(0, ENTERED) == 0) {
      return List.of();
    }
    String funnel = steps.text(0, FUNNEL);
    int last = 0;
    for (int row : steps.places()) {
      last = steps.text(row, FUNNEL).equals(funnel) ? row : last;
    }
    String entered = language.counted("customers", steps.number(0, ENTERED));
    String arrived = language.shown(Measure.COUNT, steps.number(last, ENTERED));
    if (steps.value(last, OVERALL) == null) {
      return List.of(language.say("sentence.funnels.running", entered, funnel, arrived));
    }
    String share = language.shown(Measure.SHARE, steps.number(last, OVERALL));
    return List.of(language.say("sentence.funnels", entered, funnel, arrived, share));
  }
}
