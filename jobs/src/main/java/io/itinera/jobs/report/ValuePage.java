package io.itinera.jobs.report;

import java.util.List;

/**
 * What customers are expected to order and bring, who may stay away, and how good that forecast is.
 */
final class ValuePage implements Page {

  private static final String CUSTOMERS = "customers_count";
  private static final String CLV = "clv";

  @Override
  public String name() {
    return "value";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(tenths(), churn(), offers(), reports());
  }

  /** Of the longest horizon, since a customer has a row for each. */
  private static Figure tenths() {
    return Figure.of(
        "tenths",
        """
        SELECT tenth, max(horizon_days) AS horizon_days, count(*) AS customers_count,
          avg(p_alive) AS p_alive, sum(expected_orders) AS expected_orders,
          sum(expected_spend) AS expected_spend, sum(clv) AS clv
        FROM (
          SELECT *, ntile(10) OVER (ORDER BY clv DESC, customer_id) AS tenth
          FROM customer_value
          WHERE as_of = {as_of}
            AND horizon_days =
              (SELECT max(horizon_days) FROM customer_value WHERE as_of = {as_of}))
        GROUP BY tenth
        HAVING count(*) >= {smallest}
        ORDER BY tenth
        """,
        Drawing.bars("tenth", CLV),
        Field.count("tenth"),
        Field.count("horizon_days"),
        Field.count(CUSTOMERS),
        Field.share("p_alive"),
        Field.decimal("expected_orders"),
        Field.money("expected_spend"),
        Field.money(CLV));
  }

  private static Figure churn() {
    return Figure.of(
        "churn",
        """
        SELECT least(floor(churn_probability * 10), 9) / 10 AS churn_probability,
          max(window_days) AS window_days, count(*) AS customers_count
        FROM churn_scores
        WHERE as_of = {as_of}
        GROUP BY least(floor(churn_probability * 10), 9)
        HAVING count(*) >= {smallest}
        ORDER BY churn_probability
        """,
        Drawing.bars("churn_probability", CUSTOMERS),
        Field.share("churn_probability"),
        Field.count("window_days"),
        Field.count(CUSTOMERS));
  }

  private static Figure offers() {
    return Figure.of(
        "offers",
        """
        SELECT product_id, count(*) AS customers_count, avg(score) AS score
        FROM next_products
        WHERE as_of = (SELECT max(as_of) FROM next_products WHERE as_of <= {as_of})
        GROUP BY product_id
        HAVING count(*) >= {smallest}
        ORDER BY customers_count DESC, product_id
        LIMIT 20
        """,
        Drawing.bars("product_id", CUSTOMERS),
        Field.text("product_id"),
        Field.count(CUSTOMERS),
        Field.share("score"));
  }

  private static Figure reports() {
    return Figure.of(
        "reports",
        """
        SELECT model, metric, value, baseline, sample_size
        FROM model_reports
        WHERE as_of = {as_of}
        ORDER BY model, metric
        LIMIT 200
        """,
        Drawing.NONE,
        Field.text("model"),
        Field.text("metric"),
        Field.decimal("value"),
        Field.decimal("baseline"),
        Field.count("sample_size"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding tenths = findings.of(name(), "tenths");
    if (tenths.isEmpty()) {
      return List.of(language.say("sentence.value.none"));
    }
    return List.of(
        language.say(
            "sentence.value",
            language.counted("buyers", tenths.sum(CUSTOMERS)),
            language.shown(Measure.DECIMAL, tenths.sum("expected_orders")),
            language.money(tenths.sum("expected_spend")),
            language.shown(Measure.COUNT, tenths.number(0, "horizon_days"))));
  }
}
