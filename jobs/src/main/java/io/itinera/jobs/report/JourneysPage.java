package io.itinera.jobs.report;

import java.util.List;

/** The ways that customers take: flows, what follows what, whole paths, and single journeys. */
final class JourneysPage implements Page {

  private static final String JOURNEYS = "journeys_count";
  private static final String PATH = "path_text";

  @Override
  public String name() {
    return "journeys";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(Flows.figure(), between(), around(), network(), variants(), timeline(scope));
  }

  private static Figure between() {
    return Figure.of(
        "between",
        """
        WITH ways AS (
          SELECT path, path_at, outcome FROM journeys
          WHERE ended_on BETWEEN {paths_since} AND {as_of} AND size(path) > 0
            -- Who is still on the way has not dropped, and may reach it yet.
            AND outcome <> 'open'
        ),
        often AS (
          SELECT step FROM (
            SELECT step, count(*) AS journeys_count
            FROM ways LATERAL VIEW explode(array_distinct(path)) AS step
            GROUP BY step)
          WHERE journeys_count >= {smallest}
          ORDER BY journeys_count DESC, step
          LIMIT 10
        ),
        -- From the first time at one step to the first time at another after it.
        pairs AS (
          SELECT a.step AS from_step, b.step AS to_step,
            array_position(path, a.step) AS began,
            array_position(
              slice(path, array_position(path, a.step) + 1, size(path)), b.step) AS passed,
            path_at, outcome
          FROM ways JOIN often a ON array_contains(path, a.step) JOIN often b ON b.step <> a.step
        )
        SELECT from_step, to_step, count(*) AS journeys_count, count_if(passed > 0) AS reached_count,
          count_if(passed = 0) AS dropped_count, count_if(passed > 0) / count(*) AS reached_share,
          count_if(passed = 1) AS direct_count,
          count_if(passed > 0 AND outcome = 'converted')
            / nullif(count_if(outcome = 'converted'), 0)
            AS converted_share,
          count_if(passed > 0 AND outcome = 'abandoned')
            / nullif(count_if(outcome = 'abandoned'), 0)
            AS abandoned_share,
          median(IF(passed > 0, timestampdiff(
            SECOND, element_at(path_at, int(began)), element_at(path_at, int(began + passed))), NULL))
            AS median_seconds
        FROM pairs
        GROUP BY from_step, to_step
        HAVING count(*) >= {smallest}
        ORDER BY from_step, to_step
        """,
        Drawing.grid("to_step", "from_step", "reached_share"),
        Field.word("from_step"),
        Field.word("to_step"),
        Field.count(JOURNEYS),
        Field.count("reached_count"),
        Field.count("dropped_count"),
        Field.share("reached_share"),
        Field.count("direct_count"),
        Field.share("converted_share"),
        Field.share("abandoned_share"),
        Field.seconds("median_seconds"));
  }

  /** As {@code itinera paths around} tells it, of the most frequent steps. */
  private static Figure around() {
    return Figure.of(
        "around",
        """
        WITH ways AS (
          SELECT path, path_at, outcome FROM journeys
          WHERE ended_on BETWEEN {paths_since} AND {as_of} AND size(path) > 0
            AND outcome <> 'open'
        ),
        places AS (
          SELECT outcome, path, path_at, place, step
          FROM ways LATERAL VIEW posexplode(path) AS place, step
        ),
        often AS (
          SELECT step FROM (SELECT step, count(*) AS times FROM places GROUP BY step)
          ORDER BY times DESC, step
          LIMIT 8
        ),
        sides AS (
          SELECT step, 'before' AS side, outcome, coalesce(get(path, place - 1), '(start)') AS other,
            timestampdiff(SECOND, get(path_at, place - 1), get(path_at, place)) AS seconds
          FROM places JOIN often USING (step)
          UNION ALL
          SELECT step, 'after', outcome, coalesce(get(path, place + 1),
              IF(outcome = 'converted', '(conversion)', '(exit)')),
            timestampdiff(SECOND, get(path_at, place), get(path_at, place + 1))
          FROM places JOIN often USING (step)
        ),
        counted AS (
          SELECT step, side, other, outcome, count(*) AS times_count,
            median(seconds) AS median_seconds,
            count(*) / sum(count(*)) OVER (PARTITION BY step, side, outcome) AS share
          FROM sides
          GROUP BY step, side, other, outcome
        )
        SELECT step, side, other, outcome, times_count, share, median_seconds
        FROM counted
        WHERE times_count >= {smallest}
        ORDER BY step, side DESC, outcome DESC, times_count DESC, other
        """,
        Drawing.NONE,
        Field.word("step"),
        Field.word("side"),
        Field.word("other"),
        Field.word("outcome"),
        Field.count("times_count"),
        Field.share("share"),
        Field.seconds("median_seconds"));
  }

  private static Figure network() {
    return Figure.of(
        "network",
        """
        SELECT from_step, to_step, transitions_count, customers_count, probability, median_seconds,
          p90_seconds, edge_rank, edges_count, weight
        FROM (
          SELECT *,
            row_number() OVER (
              PARTITION BY from_step ORDER BY transitions_count DESC, to_step) AS edge_rank,
            count(*) OVER () AS edges_count,
            sum(transitions_count) OVER () AS weight
          FROM transitions
          WHERE as_of = {as_of} AND segment_type = 'all')
        WHERE edge_rank <= 6 AND customers_count >= {smallest}
        ORDER BY transitions_count DESC, from_step, to_step
        LIMIT 200
        """,
        Drawing.NETWORK,
        Field.word("from_step"),
        Field.word("to_step"),
        Field.count("transitions_count"),
        Field.count("customers_count"),
        Field.share("probability"),
        Field.seconds("median_seconds"),
        Field.seconds("p90_seconds"),
        Field.count("edge_rank"),
        Field.count("edges_count"),
        Field.count("weight"));
  }

  private static Figure variants() {
    return Figure.of(
        "variants",
        """
        SELECT IF(is_shown, path_text, '(other)') AS path_text, count(*) AS variants_count,
          sum(journeys_count) AS journeys_count,
          sum(coalesce(closed_count, journeys_count)) AS closed_count,
          sum(conversions_count) AS conversions_count,
          -- Of journeys that have ended; variants of an earlier release do not say how many have.
          sum(conversions_count) / nullif(sum(coalesce(closed_count, journeys_count)), 0)
            AS conversion_rate,
          sum(revenue) AS revenue, IF(count(*) = 1, max(median_days), NULL) AS median_days
        FROM (
          SELECT *, size(path) > 0 AND journeys_count >= {smallest} AND row_number() OVER (
            ORDER BY journeys_count DESC, path_text) <= 40 AS is_shown
          FROM path_variants
          WHERE as_of = {as_of})
        GROUP BY IF(is_shown, path_text, '(other)')
        ORDER BY IF(path_text = '(other)', 1, 0), journeys_count DESC, path_text
        """,
        Drawing.NONE,
        Field.word(PATH),
        Field.count("variants_count"),
        Field.count(JOURNEYS),
        Field.count("closed_count"),
        Field.count("conversions_count"),
        Field.share("conversion_rate"),
        Field.money("revenue"),
        Field.days("median_days"));
  }

  private static Figure timeline(Scope scope) {
    String person =
        scope.rules().personal()
            ? "concat_ws(' ', person, c.first_name, c.last_name, c.email)"
            : "person";
    return Figure.of(
        "timeline",
        """
        WITH examples AS (
          SELECT customer_id, row_number() OVER (ORDER BY size(channels) DESC, journey_id) AS person
          FROM (
            SELECT *, row_number() OVER (
              PARTITION BY customer_id ORDER BY size(channels) DESC, journey_id) AS place
            FROM journeys
            WHERE ended_on BETWEEN {paths_since} AND {as_of} AND outcome = 'converted'
              AND customer_id IS NOT NULL)
          WHERE place = 1
          ORDER BY person
          LIMIT 5
        )
        SELECT person, days, channel, touchpoints_count, seconds, converted, revenue
        FROM (
          SELECT {person} AS person, channel, s.touchpoints_count, duration_seconds AS seconds,
            IF(converted, '(conversion)', '(none)') AS converted, s.revenue,
            (unix_micros(started_at)
              - min(unix_micros(started_at)) OVER (PARTITION BY s.customer_id)) / 86400e6 AS days,
            row_number() OVER (
              PARTITION BY s.customer_id ORDER BY started_at, session_id) AS place
          FROM sessions s JOIN examples e ON e.customer_id = s.customer_id{cards})
        WHERE place <= 80
        ORDER BY person, days, channel
        """
            .replace("{person}", person)
            .replace(
                "{cards}",
                scope.rules().personal()
                    ? "\n    LEFT JOIN customers c ON c.customer_id = s.customer_id"
                    : ""),
        Drawing.timeline("person", "days", "channel", "touchpoints_count"),
        Field.text("person"),
        Field.days("days"),
        Field.word("channel"),
        Field.count("touchpoints_count"),
        Field.seconds("seconds"),
        Field.word("converted"),
        Field.money("revenue"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding variants = findings.of(name(), "variants");
    if (variants.isEmpty() || variants.text(0, PATH).equals("(other)")) {
      return List.of();
    }
    double all = variants.sum(JOURNEYS);
    return List.of(
        language.say(
            "sentence.variants",
            language.counted("journeys", all),
            language.counted("variants", variants.sum("variants_count")),
            language.word(variants.text(0, PATH)),
            language.shown(Measure.SHARE, variants.number(0, JOURNEYS) / all)));
  }
}
