package io.itinera.jobs.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The map of the customer's way: what they meet, where it hurts, and what that does later. */
final class JourneyMapPage implements Page {

  private static final String CUSTOMERS = "customers_count";
  private static final String STAGE = "stage";
  private static final String TYPE = "type";
  private static final String CHANNEL = "channel";
  private static final String PAIN_SCORE = "pain_score";
  private static final String AT_STAKE = "revenue_at_stake";

  @Override
  public String name() {
    return "map";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(cells(), pains(), moments());
  }

  /** The stages that rules made stand behind those of the lifecycle, in which they happen. */
  private static Figure cells() {
    return Figure.of(
        "cells",
        """
        SELECT stage, type, channel, customers_count, touchpoints_count,
          median_time_spent_seconds, drop_off_rate, conversion_rate, next_step, revenue_at_stake,
          cost, rating_mean, sentiment_mean, pain_score / 100 AS pain_score,
          array_join(questions, ' · ') AS questions, goal, kpi_value, kpi_target
        FROM journey_map
        WHERE as_of = {as_of} AND customers_count >= {smallest}
        ORDER BY coalesce(nullif(array_position(array('awareness', 'consideration', 'conversion',
          'order', 'confirm', 'wait', 'receive', 'use', 'return', 'retention', 'advocacy'), stage),
          0), 99), stage, type, channel
        LIMIT 400
        """,
        Drawing.matrix(List.of(STAGE, TYPE), CHANNEL, CUSTOMERS),
        Field.word(STAGE),
        Field.word(TYPE),
        Field.word(CHANNEL),
        Field.count(CUSTOMERS),
        Field.count("touchpoints_count"),
        Field.seconds("median_time_spent_seconds"),
        Field.share("drop_off_rate"),
        Field.share("conversion_rate"),
        Field.word("next_step"),
        Field.money(AT_STAKE),
        Field.money("cost"),
        Field.decimal("rating_mean"),
        Field.decimal("sentiment_mean"),
        Field.share(PAIN_SCORE),
        Field.text("questions"),
        Field.text("goal"),
        Field.decimal("kpi_value"),
        Field.decimal("kpi_target"));
  }

  private static Figure pains() {
    return Figure.of(
        "pains",
        """
        SELECT pain, stage, type, channel, CAST(round(contacts_count * share) AS BIGINT) AS painful_count,
          share, revenue_at_stake
        FROM (
          SELECT stage, type, channel, contacts_count, customers_count, revenue_at_stake,
            explode(pain_parts) AS (pain, share)
          FROM journey_map
          WHERE as_of = {as_of} AND customers_count >= {smallest})
        WHERE contacts_count * share >= {smallest}
        ORDER BY painful_count DESC, pain, stage, type, channel
        LIMIT 50
        """,
        Drawing.NONE,
        Field.word("pain"),
        Field.word(STAGE),
        Field.word(TYPE),
        Field.word(CHANNEL),
        Field.count("painful_count"),
        Field.share("share"),
        Field.money(AT_STAKE));
  }

  private static Figure moments() {
    return Figure.of(
        "moments",
        """
        SELECT stage, type, channel, effect_customers_count, moment_of_truth_effect, effect_low,
          effect_high, churn_effect, churn_effect_low, churn_effect_high
        FROM journey_map
        WHERE as_of = {as_of} AND effect_customers_count >= greatest({smallest}, 20)
        ORDER BY greatest(effect_low, -effect_high, -churn_effect_high, churn_effect_low) DESC
          NULLS LAST, stage, type, channel
        LIMIT 30
        """,
        Drawing.NONE,
        Field.word(STAGE),
        Field.word(TYPE),
        Field.word(CHANNEL),
        Field.count("effect_customers_count"),
        Field.share("moment_of_truth_effect"),
        Field.share("effect_low"),
        Field.share("effect_high"),
        Field.share("churn_effect"),
        Field.share("churn_effect_low"),
        Field.share("churn_effect_high"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding cells = findings.of(name(), "cells");
    Optional<Integer> most =
        IntStream.of(cells.places())
            .boxed()
            .max(Comparator.comparingDouble(row -> cells.number(row, CUSTOMERS)));
    return most
        .map(
            row ->
                language.say(
                    "sentence.map",
                    language.word(cells.text(row, TYPE)),
                    language.word(cells.text(row, CHANNEL)),
                    language.counted("customers", cells.number(row, CUSTOMERS)),
                    language.shown(Measure.SHARE, cells.number(row, PAIN_SCORE))))
        .stream()
        .toList();
  }
}
