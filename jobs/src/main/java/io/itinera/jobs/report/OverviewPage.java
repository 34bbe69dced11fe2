package io.itinera.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** What came in, who that was, what they did, and what has changed since the night before. */
final class OverviewPage implements Page {

  private static final String CUSTOMERS = "customers_count";
  private static final String JOURNEYS = "journeys_count";
  private static final String CONVERSIONS = "conversions_count";
  private static final String TOUCHPOINTS = "touchpoints_count";

  @Override
  public String name() {
    return "overview";
  }

  @Override
  public String template() {
    return "report/overview.jte";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(daily(), stages(), arrivals(), outcomes(), movements());
  }

  private static Figure daily() {
    return Figure.of(
        "daily",
        """
        SELECT event_date, channel, sum(touchpoints_count) AS touchpoints_count,
          sum(conversions_count) AS conversions_count, sum(revenue) AS revenue
        FROM touchpoint_kpis
        WHERE event_date BETWEEN {since} AND {as_of}
        GROUP BY event_date, channel
        ORDER BY event_date, channel
        """,
        Drawing.daily("event_date", "channel", TOUCHPOINTS),
        Field.date("event_date"),
        Field.word("channel"),
        Field.count(TOUCHPOINTS),
        Field.count(CONVERSIONS),
        Field.money("revenue"));
  }

  private static Figure stages() {
    return Figure.of(
        "stages",
        """
        SELECT IF(customers_count >= {smallest}, stage, '(other)') AS stage,
          sum(customers_count) AS customers_count, sum(known_count) AS known_count,
          sum(touchpoints_count) AS touchpoints_count, sum(sessions_count) AS sessions_count,
          sum(orders_count) AS orders_count, sum(net_revenue) AS net_revenue
        FROM (
          SELECT coalesce(stage, '(none)') AS stage, count(*) AS customers_count,
            count_if(is_known) AS known_count, sum(touchpoints_count) AS touchpoints_count,
            sum(sessions_count) AS sessions_count, sum(orders_count) AS orders_count,
            sum(revenue) AS net_revenue
          FROM customers
          GROUP BY coalesce(stage, '(none)'))
        GROUP BY IF(customers_count >= {smallest}, stage, '(other)')
        ORDER BY customers_count DESC, stage
        """,
        Drawing.bars("stage", CUSTOMERS),
        Field.word("stage"),
        Field.count(CUSTOMERS),
        Field.count("known_count"),
        Field.count(TOUCHPOINTS),
        Field.count("sessions_count"),
        Field.count("orders_count"),
        Field.money("net_revenue"));
  }

  private static Figure arrivals() {
    return Figure.of(
        "arrivals",
        """
        SELECT f.source, count(*) AS files_count, sum(f.records_read) AS records_read,
          sum(f.records_accepted) AS records_accepted,
          sum(f.records_duplicate) AS records_duplicate,
          sum(f.records_rejected) AS records_rejected
        FROM loaded_files f JOIN runs r ON r.run_id = f.run_id
        WHERE r.as_of = {as_of}
        GROUP BY f.source
        ORDER BY records_read DESC, source
        """,
        Drawing.parts("source", "records_accepted", "records_duplicate", "records_rejected"),
        Field.text("source"),
        Field.count("files_count"),
        Field.count("records_read"),
        Field.count("records_accepted"),
        Field.count("records_duplicate"),
        Field.count("records_rejected"));
  }

  private static Figure outcomes() {
    return Figure.of(
        "outcomes",
        """
        SELECT as_of, sum(journeys_count) AS journeys_count,
          sum(conversions_count) AS conversions_count,
          -- Of journeys that have ended; variants of an earlier release do not say how many have.
          sum(conversions_count) / nullif(sum(coalesce(closed_count, journeys_count)), 0)
            AS conversion_rate,
          sum(revenue) AS revenue
        FROM path_variants
        WHERE as_of <= {as_of}
        GROUP BY as_of
        ORDER BY as_of DESC
        LIMIT 30
        """,
        Drawing.NONE,
        Field.date("as_of"),
        Field.count(JOURNEYS),
        Field.count(CONVERSIONS),
        Field.share("conversion_rate"),
        Field.money("revenue"));
  }

  private static Figure movements() {
    return Figure.of(
        "movements",
        """
        SELECT change, count(DISTINCT customer_id) AS customers_count
        FROM customer_changes
        WHERE as_of = {as_of}
        GROUP BY change
        ORDER BY change
        """,
        Drawing.NONE,
        Field.word("change"),
        Field.count(CUSTOMERS));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    List<String> sentences = new ArrayList<>();
    arrived(findings.of(name(), "arrivals"), language, sentences);
    who(findings, language, sentences);
    did(findings.of(name(), "outcomes"), language, sentences);
    changed(findings, language, sentences);
    return sentences;
  }

  private static void arrived(Finding arrivals, Language language, List<String> sentences) {
    sentences.add(
        arrivals.isEmpty()
            ? language.say("sentence.arrived.nothing")
            : language.say(
                "sentence.arrived",
                language.counted("records", arrivals.sum("records_read")),
                language.counted("files", arrivals.sum("files_count")),
                language.counted("accepted", arrivals.sum("records_accepted")),
                language.counted("duplicate", arrivals.sum("records_duplicate")),
                language.counted("rejected", arrivals.sum("records_rejected"))));
  }

  private void who(Findings findings, Language language, List<String> sentences) {
    Finding stages = findings.of(name(), "stages");
    double customers = stages.sum(CUSTOMERS);
    if (customers > 0) {
      sentences.add(
          language.say(
              "sentence.who",
              language.counted("customers", customers),
              language.shown(Measure.SHARE, stages.sum("known_count") / customers),
              language.counted("touchpoints", stages.sum(TOUCHPOINTS)),
              language.counted("sessions", stages.sum("sessions_count"))));
    }
  }

  private static void did(Finding outcomes, Language language, List<String> sentences) {
    if (outcomes.isEmpty()) {
      return;
    }
    sentences.add(
        language.say(
            "sentence.did",
            language.counted("journeys", outcomes.number(0, JOURNEYS)),
            language.counted("conversions", outcomes.number(0, CONVERSIONS)),
            language.shown(Measure.SHARE, outcomes.number(0, "conversion_rate")),
            language.money(outcomes.number(0, "revenue"))));
    if (outcomes.rows().size() > 1) {
      sentences.add(
          language.say(
              "sentence.since",
              language.shown(Measure.DATE, outcomes.value(1, "as_of")),
              language.change(outcomes.number(0, JOURNEYS) - outcomes.number(1, JOURNEYS)),
              language.change(outcomes.number(0, CONVERSIONS) - outcomes.number(1, CONVERSIONS))));
    }
  }

  private void changed(Findings findings, Language language, List<String> sentences) {
    Finding movements = findings.of(name(), "movements");
    if (!movements.isEmpty()) {
      sentences.add(
          language.say(
              "sentence.changed",
              language.counted("customers", movements.sumWhere(CUSTOMERS, "change", "created")),
              language.counted("merged", movements.sumWhere(CUSTOMERS, "change", "merged")),
              language.counted("split", movements.sumWhere(CUSTOMERS, "change", "split"))));
    }
  }

  /** The large numbers above all else: key of the text, and the number. */
  static List<Tile> tiles(Findings findings, Language language) {
    Finding stages = findings.of("overview", "stages");
    Finding outcomes = findings.of("overview", "outcomes");
    double rate = outcomes.isEmpty() ? 0 : outcomes.number(0, "conversion_rate");
    return List.of(
        new Tile("customers_count", language.shown(Measure.COUNT, stages.sum(CUSTOMERS))),
        new Tile("touchpoints_count", language.shown(Measure.COUNT, stages.sum(TOUCHPOINTS))),
        new Tile("orders_count", language.shown(Measure.COUNT, stages.sum("orders_count"))),
        new Tile("net_revenue", language.money(stages.sum("net_revenue"))),
        new Tile("conversion_rate", language.shown(Measure.SHARE, rate)));
  }
}
