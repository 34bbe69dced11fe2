package io.itinera.jobs.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The map of the customer's way: stages and kinds of contact across channels. */
final class JourneyMapPage implements Page {

  private static final String CUSTOMERS = "customers_count";

  @Override
  public String name() {
    return "map";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(
        Figure.of(
            "cells",
            """
            WITH touches AS (
              SELECT coalesce(stage, '(none)') AS stage, type, channel,
                count(*) AS touchpoints_count, count(DISTINCT customer_id) AS customers_count,
                sum(value) AS revenue, avg(rating) AS rating_mean
              FROM owned_touchpoints
              WHERE event_date BETWEEN {since} AND {as_of}
              GROUP BY coalesce(stage, '(none)'), type, channel
            ),
            measures AS (
              SELECT type, channel,
                sum(median_time_spent_seconds * touchpoints_count)
                  / sum(IF(median_time_spent_seconds IS NULL, NULL, touchpoints_count)) AS seconds,
                sum(exits_count) / sum(touchpoints_count) AS drop_off,
                sum(converted_sessions_count) / sum(sessions_count) AS conversion_rate,
                max_by(next_step, struct(touchpoints_count, next_step)) AS next_step
              FROM touchpoint_kpis
              WHERE event_date BETWEEN {since} AND {as_of}
              GROUP BY type, channel
            )
            SELECT stage, type, channel, customers_count, touchpoints_count, seconds, drop_off,
              conversion_rate, next_step, revenue, rating_mean
            FROM touches LEFT JOIN measures USING (type, channel)
            WHERE customers_count >= {smallest}
            ORDER BY coalesce(nullif(array_position(array('awareness', 'consideration',
              'conversion', 'retention', 'advocacy'), stage), 0), 9), stage, type, channel
            LIMIT 400
            """,
            Drawing.matrix(List.of("stage", "type"), "channel", CUSTOMERS),
            Field.word("stage"),
            Field.word("type"),
            Field.word("channel"),
            Field.count(CUSTOMERS),
            Field.count("touchpoints_count"),
            Field.seconds("seconds"),
            Field.share("drop_off"),
            Field.share("conversion_rate"),
            Field.word("next_step"),
            Field.money("revenue"),
            Field.decimal("rating_mean")));
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
                    language.word(cells.text(row, "type")),
                    language.word(cells.text(row, "channel")),
                    language.counted("customers", cells.number(row, CUSTOMERS)),
                    language.shown(Measure.SHARE, cells.value(row, "drop_off"))))
        .stream()
        .toList();
  }
}
