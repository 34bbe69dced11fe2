package io.itinera.jobs.report;

import java.util.List;

/** What the nights have done, and how long they took. */
final class RunsPage implements Page {

  private static final String STAGE = "stage";
  private static final String SECONDS = "seconds";
  private static final String LAST_RUN =
      "(SELECT max(run_id) FROM runs WHERE as_of = {as_of} AND status = 'succeeded')";

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(stages(), runs(), warnings());
  }

  private static Figure stages() {
    return Figure.of(
        "stages",
        """
        SELECT stage, status, seconds, cpu_seconds, rows_read, rows_written
        FROM run_stages
        WHERE run_id = %s
        ORDER BY started_at, stage
        """
            .formatted(LAST_RUN),
        Drawing.bars(STAGE, SECONDS),
        Field.text(STAGE),
        Field.word("status"),
        Field.seconds(SECONDS),
        Field.seconds("cpu_seconds"),
        Field.count("rows_read"),
        Field.count("rows_written"));
  }

  private static Figure runs() {
    return Figure.of(
        "runs",
        """
        SELECT started_at, command, as_of, status,
          timestampdiff(MILLISECOND, started_at, ended_at) / 1e3 AS seconds, error
        FROM runs
        ORDER BY run_id DESC
        LIMIT 30
        """,
        Drawing.NONE,
        Field.instant("started_at"),
        Field.text("command"),
        Field.date("as_of"),
        Field.word("status"),
        Field.seconds(SECONDS),
        Field.text("error"));
  }

  private static Figure warnings() {
    return Figure.of(
        "warnings",
        """
        SELECT table_name, `check`, severity, passed, observed, expected
        FROM (
          SELECT table_name, `check`, severity, IF(passed, '(passed)', '(failed)') AS passed,
            observed, expected
          FROM quality_checks
          WHERE run_id = %s)
        ORDER BY passed, table_name, `check`
        LIMIT 100
        """
            .formatted(LAST_RUN),
        Drawing.NONE,
        Field.text("table_name"),
        Field.text("check"),
        Field.word("severity"),
        Field.word("passed"),
        Field.text("observed"),
        Field.text("expected"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding stages = findings.of(name(), "stages");
    return stages.isEmpty()
        ? List.of()
        : List.of(
            language.say(
                "sentence.runs",
                language.counted("stages", stages.rows().size()),
                language.shown(Measure.SECONDS, stages.sum(SECONDS)),
                language.counted("rows", stages.sum("rows_written"))));
  }
}
