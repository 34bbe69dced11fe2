package io.itinera.jobs.report;

import java.util.List;

/**
 * The process that journeys go through: what is done again, what comes at any later time and after
 * how long, what comes in batches, how fast week by week, and whether newer journeys still go as
 * others did. {@code itinera paths process} tells more of it, with the intended path.
 */
final class ProcessPage implements Page {

  private static final String STEP = "step";
  private static final String JOURNEYS = "journeys_count";
  private static final String AGAIN = "again_count";

  @Override
  public String name() {
    return "process";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(rework(), follows(), batches(), spectrum(), deviating(), constraints());
  }

  /** Of paths the first 50 steps, so that one endless journey does not make the page wait. */
  private static Figure rework() {
    return Figure.of(
        "rework",
        """
        SELECT step, count(*) AS journeys_count, count_if(times > 1) AS again_count,
          count_if(times > 1) / count(*) AS again_share, sum(times - 1) AS repeats_count,
          sum(loops) AS loops_count,
          (sum(IF(times > 1, last_place - first_place + 1 - times, 0)))
            / nullif(sum(times - 1), 0) AS self_distance
        FROM (
          SELECT journey_id, step, count(*) AS times, min(place) AS first_place,
            max(place) AS last_place, count_if(place > 0 AND get(path, place - 1) = step) AS loops
          FROM (
            SELECT journey_id, path, posexplode(slice(path, 1, 50)) AS (place, step)
            FROM journeys
            WHERE ended_on BETWEEN {paths_since} AND {as_of})
          GROUP BY journey_id, step)
        GROUP BY step
        HAVING count(*) >= {smallest}
        ORDER BY again_count DESC, journeys_count DESC, step
        LIMIT 30
        """,
        Drawing.bars(STEP, JOURNEYS, AGAIN),
        Field.word(STEP),
        Field.count(JOURNEYS),
        Field.count(AGAIN),
        Field.share("again_share"),
        Field.count("repeats_count"),
        Field.count("loops_count"),
        Field.decimal("self_distance"));
  }

  /** From the first of the one to the next of the other: the temporal profile of the process. */
  private static Figure follows() {
    return Figure.of(
        "follows",
        """
        WITH firsts AS (
          SELECT path, path_at, from_step, CAST(array_position(path, from_step) AS INT) AS place
          FROM (
            SELECT path, path_at, explode(array_distinct(slice(path, 1, 50))) AS from_step
            FROM journeys
            WHERE ended_on BETWEEN {paths_since} AND {as_of})),
        pairs AS (
          SELECT path, path_at, from_step, place,
            explode(array_distinct(slice(path, place + 1, 50))) AS to_step
          FROM firsts),
        timed AS (
          SELECT from_step, to_step,
            unix_seconds(element_at(path_at,
              place + CAST(array_position(slice(path, place + 1, 50), to_step) AS INT)))
            - unix_seconds(element_at(path_at, place)) AS seconds
          FROM pairs)
        SELECT from_step, to_step, count(*) AS journeys_count,
          count(*) / max(from_count) AS follows_share, avg(seconds) AS mean_seconds,
          stddev_pop(seconds) AS deviation_seconds
        FROM timed
        JOIN (SELECT from_step, count(*) AS from_count FROM firsts GROUP BY from_step)
          USING (from_step)
        GROUP BY from_step, to_step
        HAVING count(*) >= {smallest}
        ORDER BY journeys_count DESC, from_step, to_step
        LIMIT 200
        """,
        Drawing.grid("to_step", "from_step", "follows_share"),
        Field.word("from_step"),
        Field.word("to_step"),
        Field.count(JOURNEYS),
        Field.share("follows_share"),
        Field.seconds("mean_seconds"),
        Field.seconds("deviation_seconds"));
  }

  private static Figure batches() {
    return Figure.of(
        "batches",
        """
        SELECT step, starts_count, batches_count, batched_count, batched_share, mean_batch_size,
          largest_batch, longest_batch_seconds
        FROM process_steps
        WHERE as_of = {as_of} AND batches_count > 0 AND journeys_count >= {smallest}
        ORDER BY batched_count DESC, step
        LIMIT 30
        """,
        Drawing.bars(STEP, "starts_count", "batched_count"),
        Field.word(STEP),
        Field.count("starts_count"),
        Field.count("batches_count"),
        Field.count("batched_count"),
        Field.share("batched_share"),
        Field.decimal("mean_batch_size"),
        Field.count("largest_batch"),
        Field.seconds("longest_batch_seconds"));
  }

  /** Of the most frequent edges the last half year; bins that few entered are left out. */
  private static Figure spectrum() {
    return Figure.of(
        "spectrum",
        """
        WITH edges AS (
          SELECT from_step, to_step, row_number() OVER (
            ORDER BY sum(entered_count) DESC, from_step, to_step) AS edge_rank
          FROM process_spectra
          WHERE as_of = {as_of}
          GROUP BY from_step, to_step
        )
        SELECT bin_on, concat(from_step, ' > ', to_step) AS edge, entered_count,
          slowest_count / entered_count AS slowest_share, fastest_count, fast_count, slow_count,
          slowest_count, median_seconds
        FROM process_spectra JOIN edges USING (from_step, to_step)
        WHERE as_of = {as_of} AND edge_rank <= 12 AND entered_count >= {smallest}
          AND bin_on > add_months({as_of}, -6)
        ORDER BY edge_rank, bin_on
        """,
        Drawing.grid("bin_on", "edge", "slowest_share"),
        Field.date("bin_on"),
        Field.word("edge"),
        Field.count("entered_count"),
        Field.share("slowest_share"),
        Field.count("fastest_count"),
        Field.count("fast_count"),
        Field.count("slow_count"),
        Field.count("slowest_count"),
        Field.seconds("median_seconds"));
  }

  private static Figure deviating() {
    return Figure.of(
        "deviating",
        """
        SELECT from_step, to_step, trained_on, journeys_count, mean_seconds, deviation_seconds,
          checked_count, deviating_count, deviating_share
        FROM process_profiles
        WHERE as_of = {as_of} AND checked_count >= {smallest}
        ORDER BY deviating_share DESC, deviating_count DESC, from_step, to_step
        LIMIT 20
        """,
        Drawing.NONE,
        Field.word("from_step"),
        Field.word("to_step"),
        Field.date("trained_on"),
        Field.count(JOURNEYS),
        Field.seconds("mean_seconds"),
        Field.seconds("deviation_seconds"),
        Field.count("checked_count"),
        Field.count("deviating_count"),
        Field.share("deviating_share"));
  }

  private static Figure constraints() {
    return Figure.of(
        "constraints",
        """
        SELECT template, first_step, second_step, trained_on, journeys_count, support, confidence,
          checked_count, violations_count, violations_share
        FROM process_constraints
        WHERE as_of = {as_of} AND journeys_count >= {smallest}
        ORDER BY coalesce(violations_share, 0) DESC, violations_count DESC, journeys_count DESC,
          template, first_step, second_step
        LIMIT 40
        """,
        Drawing.NONE,
        Field.word("template"),
        Field.word("first_step"),
        Field.word("second_step"),
        Field.date("trained_on"),
        Field.count(JOURNEYS),
        Field.share("support"),
        Field.share("confidence"),
        Field.count("checked_count"),
        Field.count("violations_count"),
        Field.share("violations_share"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding rework = findings.of(name(), "rework");
    if (rework.isEmpty() || rework.number(0, AGAIN) == 0) {
      return List.of();
    }
    return List.of(
        language.say(
            "sentence.process",
            language.word(rework.text(0, STEP)),
            language.counted("journeys", rework.number(0, JOURNEYS)),
            language.shown(Measure.SHARE, rework.number(0, "again_share"))));
  }
}
