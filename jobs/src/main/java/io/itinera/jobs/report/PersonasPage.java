package io.itinera.jobs.report;

import io.itinera.core.persona.Unit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups of customers that behave alike, as cards. */
final class PersonasPage implements Page {

  private static final String ID = "persona_id";
  private static final String NAME = "name";
  private static final String CUSTOMERS = "customers_count";

  @Override
  public String name() {
    return "personas";
  }

  @Override
  public String template() {
    return "report/personas.jte";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(cards(), features(scope.units()), traits(), paths());
  }

  private static Figure cards() {
    return Figure.of(
        "cards",
        """
        SELECT persona_id, name, customers_count, share, description, rule, rule_fidelity,
          IF(matched_previous IS NULL, '(new)', '(continued)') AS continuity, drift
        FROM personas
        WHERE as_of = {as_of} AND customers_count >= {smallest}
        ORDER BY customers_count DESC, persona_id
        """,
        Drawing.bars(NAME, CUSTOMERS),
        Field.text(ID),
        Field.word(NAME),
        Field.count(CUSTOMERS),
        Field.share("share"),
        Field.text("description"),
        Field.text("rule"),
        Field.share("rule_fidelity"),
        Field.word("continuity"),
        Field.decimal("drift"));
  }

  private static Figure features(Map<String, Unit> units) {
    return Figure.of(
        "features",
        """
        SELECT persona_id, name, feature.feature, feature.persona_mean, feature.population_mean, feature.z,
          {unit} AS unit
        FROM (
          SELECT name, persona_id, customers_count, explode(distinguishing_features) AS feature
          FROM personas
          WHERE as_of = {as_of} AND customers_count >= {smallest})
        ORDER BY customers_count DESC, persona_id, abs(feature.z) DESC, feature.feature
        """
            .replace("{unit}", unit(units)),
        Drawing.grid("feature", NAME, "z"),
        Field.text(ID),
        Field.word(NAME),
        Field.word("feature"),
        Field.decimal("persona_mean"),
        Field.decimal("population_mean"),
        Field.decimal("z"),
        Field.word("unit"));
  }

  /** The unit of the feature of a row, in SQL; a feature of an earlier night may have none. */
  private static String unit(Map<String, Unit> units) {
    StringBuilder sql = new StringBuilder("CASE");
    new TreeMap<>(units)
        .forEach(
            (feature, unit) ->
                sql.append(
                    " WHEN feature.feature = %s THEN '(%s)'"
                        .formatted(quoted(feature), unit.text())));
    return units.isEmpty() ? "'(number)'" : sql.append(" ELSE '(number)' END").toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Of goals and frustrations only what is above everybody's; numbers of weekdays say little. */
  private static Figure traits() {
    return Figure.of(
        "traits",
        """
        SELECT t.persona_id, p.name, t.aspect, t.trait, t.customers_count, t.known_count, t.share,
          t.everybody_share
        FROM persona_traits t
        JOIN personas p ON p.persona_id = t.persona_id AND p.as_of = t.as_of
        WHERE t.as_of = {as_of} AND t.customers_count >= {smallest} AND t.rank <= 3
          AND t.aspect NOT IN ('journey', 'product', 'weekday', 'month')
          AND (t.aspect NOT IN ('goal', 'frustration') OR t.share > t.everybody_share)
        ORDER BY p.customers_count DESC, t.persona_id, array_position(array(
            'goal', 'frustration', 'break-off', 'category', 'channel', 'device', 'hour', 'stage',
            'age', 'gender', 'city', 'country'), t.aspect), t.rank
        """,
        Drawing.NONE,
        Field.text(ID),
        Field.word(NAME),
        Field.word("aspect"),
        Field.word("trait"),
        Field.count(CUSTOMERS),
        Field.count("known_count"),
        Field.share("share"),
        Field.share("everybody_share"));
  }

  private static Figure paths() {
    return Figure.of(
        "paths",
        """
        SELECT persona_id, name, path_text, journeys_count, conversions_count, journey_share
        FROM (
          SELECT p.name, p.persona_id, j.path_text, count(*) AS journeys_count,
            count_if(j.outcome = 'converted') AS conversions_count,
            count(*) / sum(count(*)) OVER (PARTITION BY p.persona_id) AS journey_share,
            row_number() OVER (
              PARTITION BY p.persona_id ORDER BY count(*) DESC, j.path_text) AS place
          FROM journeys j
          JOIN customer_personas c ON c.customer_id = j.customer_id AND c.as_of = {as_of}
          JOIN personas p ON p.persona_id = c.persona_id AND p.as_of = {as_of}
          WHERE j.ended_on BETWEEN {paths_since} AND {as_of} AND size(j.path) > 0
          GROUP BY p.name, p.persona_id, j.path_text)
        WHERE place <= 3 AND journeys_count >= {smallest}
        ORDER BY name, persona_id, place
        """,
        Drawing.NONE,
        Field.text(ID),
        Field.word(NAME),
        Field.word("path_text"),
        Field.count("journeys_count"),
        Field.count("conversions_count"),
        Field.share("journey_share"));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding cards = findings.of(name(), "cards");
    return cards.isEmpty()
        ? List.of()
        : List.of(
            language.say(
                "sentence.personas",
                language.counted("customers", cards.sum(CUSTOMERS)),
                language.counted("personas", cards.rows().size()),
                language.word(cards.text(0, NAME)),
                language.shown(Measure.SHARE, cards.value(0, "share"))));
  }
}
