package io.itinera.jobs.report;

import java.util.List;

/** What marketing channels and campaigns are worth, model beside model. */
final class AttributionPage implements Page {

  private static final String CHANNEL = "marketing_channel";
  private static final String MODEL = "model";
  private static final String REVENUE = "revenue";
  private static final String MARKOV = "markov";

  @Override
  public String name() {
    return "attribution";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(channels(), campaigns());
  }

  /** Participation counts a conversion for all who took part, so its sums are no shares. */
  private static Figure channels() {
    return Figure.of(
        "channels",
        """
        WITH credits AS (
          SELECT model, marketing_channel, sum(conversions) AS conversions,
            sum(revenue) AS revenue
          FROM attribution
          WHERE as_of = {as_of} AND model <> 'participation'
          GROUP BY model, marketing_channel),
        sizes AS (
          SELECT marketing_channel, max(conversions) AS most
          FROM credits
          GROUP BY marketing_channel)
        SELECT IF(most >= {smallest}, marketing_channel, '(other)') AS marketing_channel, model,
          sum(conversions) AS conversions, sum(revenue) AS revenue
        FROM credits JOIN sizes USING (marketing_channel)
        GROUP BY IF(most >= {smallest}, marketing_channel, '(other)'), model
        ORDER BY marketing_channel, model
        """,
        Drawing.grid(MODEL, CHANNEL, REVENUE),
        Field.word(CHANNEL),
        Field.word(MODEL),
        Field.decimal("conversions"),
        Field.money(REVENUE));
  }

  private static Figure campaigns() {
    return Figure.of(
        "campaigns",
        """
        SELECT marketing_channel, campaign,
          sum(conversions) FILTER (WHERE model = 'markov') AS conversions,
          sum(conversions_low) FILTER (WHERE model = 'markov') AS conversions_low,
          sum(conversions_high) FILTER (WHERE model = 'markov') AS conversions_high,
          sum(revenue) FILTER (WHERE model = 'markov') AS revenue,
          sum(revenue) FILTER (WHERE model = 'last') AS last_revenue,
          max(cost) AS cost,
          sum(revenue) FILTER (WHERE model = 'markov') / nullif(max(cost), 0) AS roas
        FROM attribution
        WHERE as_of = {as_of}
        GROUP BY marketing_channel, campaign
        HAVING max(conversions) >= {smallest}
        ORDER BY revenue DESC NULLS LAST, marketing_channel, campaign
        LIMIT 50
        """,
        Drawing.NONE,
        Field.word(CHANNEL),
        Field.word("campaign"),
        Field.decimal("conversions"),
        Field.decimal("conversions_low"),
        Field.decimal("conversions_high"),
        Field.money(REVENUE),
        Field.money("last_revenue"),
        Field.money("cost"),
        Field.decimal("roas"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding channels = findings.of(name(), "channels");
    int markov = best(channels, MARKOV);
    int last = best(channels, "last");
    if (markov < 0 || last < 0) {
      return List.of();
    }
    return List.of(
        language.say(
            "sentence.attribution",
            language.money(channels.sumWhere(REVENUE, MODEL, MARKOV)),
            language.word(channels.text(markov, CHANNEL)),
            language.money(channels.number(markov, REVENUE)),
            language.word(channels.text(last, CHANNEL)),
            language.money(channels.number(last, REVENUE))));
  }

  /** The row of the channel that brought most by {@code model}; -1 for none. */
  private static int best(Finding channels, String model) {
    int best = -1;
    for (int row : channels.places()) {
      boolean isChannel =
          channels.text(row, MODEL).equals(model) && !channels.text(row, CHANNEL).startsWith("(");
      if (isChannel
          && (best < 0 || channels.number(row, REVENUE) > channels.number(best, REVENUE))) {
        best = row;
      }
    }
    return best;
  }
}
