package io.itinera.jobs.report;

import java.util.List;

/** How many identifiers make a customer, why they belong together, and what moved. */
final class IdentityPage implements Page {

  private static final String CUSTOMERS = "customers_count";

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public List<Figure> figures(Scope scope) {
    return List.of(sizes(), edges(), changes());
  }

  private static Figure sizes() {
    return Figure.of(
        "sizes",
        """
        SELECT IF(customers_count >= {smallest}, group_size, '(other)') AS group_size,
          sum(customers_count) AS customers_count, sum(known_count) AS known_count,
          sum(identifiers_count) AS identifiers_count
        FROM (
          SELECT CASE WHEN identifiers_count <= 5 THEN string(identifiers_count)
              WHEN identifiers_count <= 10 THEN '6-10'
              WHEN identifiers_count <= 20 THEN '11-20'
              WHEN identifiers_count <= 100 THEN '21-100'
              ELSE '101+' END AS group_size,
            count(*) AS customers_count, count_if(is_known) AS known_count,
            sum(identifiers_count) AS identifiers_count
          FROM customers
          GROUP BY 1)
        GROUP BY IF(customers_count >= {smallest}, group_size, '(other)')
        ORDER BY identifiers_count / customers_count, group_size
        """,
        Drawing.bars("group_size", CUSTOMERS, "known_count"),
        Field.word("group_size"),
        Field.count(CUSTOMERS),
        Field.count("known_count"),
        Field.count("identifiers_count"));
  }

  private static Figure edges() {
    return Figure.of(
        "edges",
        """
        SELECT concat(least(left_type, right_type), ' – ', greatest(left_type, right_type)) AS pair,
          rule, count(*) AS edges_count, count_if(status = 'used') AS used_count,
          count_if(status <> 'used') AS unused_count, sum(observations) AS observations
        FROM identity_edges
        GROUP BY ALL
        HAVING count(*) >= {smallest}
        ORDER BY edges_count DESC, pair, rule
        LIMIT 60
        """,
        Drawing.parts("pair", "used_count", "unused_count"),
        Field.text("pair"),
        Field.word("rule"),
        Field.count("edges_count"),
        Field.count("used_count"),
        Field.count("unused_count"),
        Field.count("observations"));
  }

  private static Figure changes() {
    return Figure.of(
        "changes",
        """
        SELECT as_of, change, count(DISTINCT customer_id) AS customers_count
        FROM customer_changes
        WHERE as_of BETWEEN {since} AND {as_of}
        GROUP BY as_of, change
        ORDER BY as_of, change
        """,
        Drawing.daily("as_of", "change", CUSTOMERS),
        Field.date("as_of"),
        Field.word("change"),
        Field.count(CUSTOMERS));
  }

  @Override
  public List<String> sentences(Findings findings, Language language) {
    Finding sizes = findings.of(name(), "sizes");
    double customers = sizes.sum(CUSTOMERS);
    return customers == 0
        ? List.of()
        : List.of(
            language.say(
                "sentence.identity",
                language.counted("customers", customers),
                language.counted("identifiers", sizes.sum("identifiers_count")),
                language.shown(Measure.SHARE, sizes.sum("known_count") / customers)));
  }
}
