package io.itinera.jobs.report;

import java.util.List;

/** What became of every record, by source and channel, and why some were refused. */
final class CoveragePage implements Page {

  private static final String SOURCE = "source";
  private static final String READ = "records_read";
  private static final String REJECTED = "records_rejected";

  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(
        Figure.of(
            "sources",
            """
            SELECT source, coalesce(channel, '(none)') AS channel,
              sum(records_read) AS records_read, sum(records_accepted) AS records_accepted,
              sum(records_duplicate) AS records_duplicate,
              sum(records_rejected) AS records_rejected,
              sum(identified_share * records_accepted)
                / sum(IF(identified_share IS NULL, NULL, records_accepted)) AS identified_share,
              sum(stitched_share * records_accepted)
                / sum(IF(stitched_share IS NULL, NULL, records_accepted)) AS stitched_share
            FROM coverage
            GROUP BY source, coalesce(channel, '(none)')
            ORDER BY records_read DESC, source, channel
            """,
            Drawing.parts(SOURCE, "records_accepted", "records_duplicate", REJECTED),
            Field.text(SOURCE),
            Field.word("channel"),
            Field.count(READ),
            Field.count("records_accepted"),
            Field.count("records_duplicate"),
            Field.count(REJECTED),
            Field.share("identified_share"),
            Field.share("stitched_share")),
        Figure.of(
            "reasons",
            """
            SELECT source, reason, count(*) AS records_rejected
            FROM rejected_records
            GROUP BY source, reason
            ORDER BY records_rejected DESC, source, reason
            LIMIT 200
            """,
            Drawing.grid(SOURCE, "reason", REJECTED),
            Field.text(SOURCE),
            Field.word("reason"),
            Field.count(REJECTED)));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding sources = findings.of(name(), "sources");
    double read = sources.sum(READ);
    return read == 0
        ? List.of()
        : List.of(
            language.say(
                "sentence.coverage",
                language.counted("records", read),
                language.shown(Measure.SHARE, sources.sum("records_accepted") / read),
                language.shown(Measure.SHARE, sources.sum("records_duplicate") / read),
                language.shown(Measure.SHARE, sources.sum(REJECTED) / read)));
  }
}
