package io.itinera.jobs.report;

import java.util.List;

/** Customers by how recently, how often and for how much they bought. */
final class RfmPage implements Page {

  private static final String CUSTOMERS = "customers_count";
  private static final String SEGMENT = "segment";
  private static final String MONETARY = "monetary";

  @Override
  public String name() {
    return "rfm";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(grid(), segments(), moves());
  }

  private static Figure grid() {
    return Figure.of(
        "grid",
        """
        SELECT IF(is_shown, f_score, NULL) AS f_score, IF(is_shown, r_score, NULL) AS r_score,
          sum(customers_count) AS customers_count, sum(monetary) AS monetary,
          sum(monetary) / sum(customers_count) AS monetary_mean
        FROM (
          SELECT r_score, f_score, count(*) AS customers_count, sum(monetary) AS monetary,
            count(*) >= {smallest} AS is_shown
          FROM rfm_scores
          WHERE as_of = {as_of}
          GROUP BY r_score, f_score)
        GROUP BY ALL
        ORDER BY r_score DESC NULLS LAST, f_score
        """,
        Drawing.grid("f_score", "r_score", CUSTOMERS),
        Field.count("f_score"),
        Field.count("r_score"),
        Field.count(CUSTOMERS),
        Field.money(MONETARY),
        Field.money("monetary_mean"));
  }

  private static Figure segments() {
    return Figure.of(
        "segments",
        """
        SELECT IF(customers_count >= {smallest}, segment, '(other)') AS segment,
          sum(customers_count) AS customers_count, sum(monetary) AS monetary,
          sum(monetary) / sum(customers_count) AS monetary_mean,
          sum(recency_days) / sum(customers_count) AS recency_days,
          sum(frequency) / sum(customers_count) AS frequency
        FROM (
          SELECT segment, count(*) AS customers_count, sum(monetary) AS monetary,
            sum(recency_days) AS recency_days, sum(frequency) AS frequency
          FROM rfm_scores
          WHERE as_of = {as_of}
          GROUP BY segment)
        GROUP BY IF(customers_count >= {smallest}, segment, '(other)')
        ORDER BY monetary DESC, segment
        """,
        Drawing.bars(SEGMENT, MONETARY),
        Field.word(SEGMENT),
        Field.count(CUSTOMERS),
        Field.money(MONETARY),
        Field.money("monetary_mean"),
        Field.days("recency_days"),
        Field.decimal("frequency"));
  }

  private static Figure moves() {
    return Figure.of(
        "moves",
        """
        SELECT IF(customers_count >= {smallest}, previous_segment, '(other)') AS previous_segment,
          IF(customers_count >= {smallest}, segment, '(other)') AS segment,
          sum(customers_count) AS customers_count, sum(monetary) AS monetary
        FROM (
          SELECT coalesce(previous_segment, '(new)') AS previous_segment, segment,
            count(*) AS customers_count, sum(monetary) AS monetary
          FROM rfm_scores
          WHERE as_of = {as_of}
          GROUP BY coalesce(previous_segment, '(new)'), segment)
        GROUP BY ALL
        ORDER BY customers_count DESC, previous_segment, segment
        """,
        Drawing.grid(SEGMENT, "previous_segment", CUSTOMERS),
        Field.word("previous_segment"),
        Field.word(SEGMENT),
        Field.count(CUSTOMERS),
        Field.money(MONETARY));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding segments = findings.of(name(), "segments");
    double all = segments.sum(MONETARY);
    if (segments.isEmpty() || all <= 0) {
      return List.of();
    }
    Finding moves = findings.of(name(), "moves");
    double stayed = 0;
    for (int row : moves.places()) {
      if (moves.text(row, "previous_segment").equals(moves.text(row, SEGMENT))) {
        stayed += moves.number(row, CUSTOMERS);
      }
    }
    return List.of(
        language.say(
            "sentence.rfm",
            language.counted("buyers", segments.sum(CUSTOMERS)),
            language.money(all),
            language.word(segments.text(0, SEGMENT)),
            language.shown(Measure.SHARE, segments.number(0, MONETARY) / all)),
        language.say("sentence.moves", language.counted("buyers", stayed)));
  }
}
