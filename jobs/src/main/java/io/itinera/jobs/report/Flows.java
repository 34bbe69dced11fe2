package io.itinera.jobs.report;

/**
 * Where journeys come from and where they go, from any of the steps that most of them take.
 *
 * <p>A row is a flow: {@code journeys_count} journeys that were at {@code name} in their {@code
 * step}-th step after {@code anchor} (before it, where {@code way} is {@code to}) were at {@code
 * next_name} in the next one, or ended. So for each node of a figure: in = out + ended here +
 * other, whichever rows somebody sums up.
 */
final class Flows {

  private static final String SQL =
      """
      WITH variants AS (
        SELECT path, journeys_count, conversions_count FROM path_variants
        WHERE as_of = {as_of} AND size(path) > 0
      ),
      -- Each journey counts once for a step, however often it comes back to it.
      anchors AS (
        SELECT anchor FROM (
          SELECT anchor, sum(journeys_count) AS journeys_count
          FROM variants LATERAL VIEW explode(array_distinct(path)) AS anchor
          GROUP BY anchor)
        WHERE journeys_count >= {smallest}
        ORDER BY journeys_count DESC, anchor
        LIMIT 8
      ),
      -- From the first time at the anchor on, or back from there, up to where the journey ends.
      ways AS (
        SELECT 'from' AS way, '(start)' AS anchor, concat(array('(start)'), path) AS steps,
          journeys_count - conversions_count AS dropped, conversions_count AS converted
        FROM variants
        UNION ALL
        SELECT 'from', anchor, slice(path, array_position(path, anchor), size(path)),
          journeys_count - conversions_count, conversions_count
        FROM variants JOIN anchors ON array_contains(path, anchor)
        UNION ALL
        SELECT 'to', '(conversion)', concat(array('(conversion)'), reverse(path)),
          conversions_count, 0
        FROM variants WHERE conversions_count > 0
        UNION ALL
        SELECT 'to', anchor, reverse(slice(path, 1, array_position(path, anchor))),
          journeys_count, 0
        FROM variants JOIN anchors ON array_contains(path, anchor)
      ),
      places AS (
        SELECT way, anchor, step, steps[step] AS name, try_element_at(steps, step + 2) AS next_name,
          sum(dropped) AS dropped, sum(converted) AS converted
        FROM ways LATERAL VIEW explode(sequence(0, least(size(steps) - 1, 4))) AS step
        GROUP BY ALL
      ),
      -- The steps with most journeys have names; the others of their column are one.
      sizes AS (
        SELECT way, anchor, step, name,
          sum(dropped + converted) >= {smallest} AND row_number() OVER (
            PARTITION BY way, anchor, step ORDER BY sum(dropped + converted) DESC, name) <= 7
            AS is_named
        FROM places
        GROUP BY way, anchor, step, name
      ),
      flows AS (
        SELECT p.way, p.anchor, p.step, IF(s.is_named, p.name, '(other)') AS name,
          CASE WHEN p.next_name IS NULL THEN NULL
            WHEN p.step = 4 THEN '(later)'
            WHEN n.is_named THEN p.next_name
            ELSE '(other)' END AS next_name,
          dropped, converted
        FROM places p
        JOIN sizes s ON s.way = p.way AND s.anchor = p.anchor AND s.step = p.step
          AND s.name = p.name
        LEFT JOIN sizes n ON n.way = p.way AND n.anchor = p.anchor AND n.step = p.step + 1
          AND n.name = p.next_name
      )
      SELECT way, anchor, step, name,
        CASE WHEN next_name IS NOT NULL THEN next_name
          WHEN way = 'to' THEN '(start)'
          WHEN is_converted THEN '(conversion)'
          ELSE '(ended)' END AS next_name,
        sum(IF(is_converted, converted, dropped)) AS journeys_count
      FROM flows LATERAL VIEW explode(array(true, false)) AS is_converted
      WHERE IF(is_converted, converted, dropped) > 0
      GROUP BY ALL
      ORDER BY way, anchor, step, name, next_name
      """;

  private Flows() {}

  static Figure figure() {
    return Figure.of(
        "flows",
        SQL,
        Drawing.FLOWS,
        Field.word("way"),
        Field.word("anchor"),
        Field.count("step"),
        Field.word("name"),
        Field.word("next_name"),
        Field.count("journeys_count"));
  }
}
