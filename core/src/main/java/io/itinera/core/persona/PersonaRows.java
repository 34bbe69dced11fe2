package io.itinera.core.persona;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.persona.MatchPersonas.Identity;
import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.persona.MeasurePersonas.Population;
import io.itinera.core.table.Personas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes what was found about personas down as rows.
 *
 * @param asOf the night
 * @param rules what they were found by
 * @param clusters the groups among the training customers
 * @param population all their customers
 */
record PersonaRows(LocalDate asOf, PersonaRules rules, Clusters clusters, Population population) {

  /**
   * Rows of {@link Personas}.
   *
   * @param any any dataset; none of its rows is read
   * @param identities one per cluster of the population, in its order
   */
  Dataset<Row> personas(Dataset<Row> any, List<Identity> identities) {
    List<Measures> personas = population.clusters();
    List<List<Contrast>> contrasts =
        personas.stream()
            .map(p -> Contrast.of(p, population.everybody(), rules.namedFeatures()))
            .toList();
    List<String> names = DescribePersonas.names(contrasts, rules.use().names());
    List<Map<String, Column>> rows = new ArrayList<>();
    for (int i = 0; i < personas.size(); i++) {
      Map<String, Column> row = found(personas.get(i), contrasts.get(i));
      row.put(Personas.NAME, lit(names.get(i)));
      row.put(Personas.PERSONA_ID, lit(identities.get(i).id()));
      row.put(Personas.MATCHED_PREVIOUS, lit(identities.get(i).matched()));
      row.put(Personas.DRIFT, lit(identities.get(i).drift()));
      rows.add(row);
    }
    return LiteralRows.of(any, Personas.TABLE, rows);
  }

  private Map<String, Column> found(Measures persona, List<Contrast> contrasts) {
    double share = (double) persona.customers() / population.everybody().customers();
    Map<String, Column> row = new HashMap<>();
    row.put(Personas.AS_OF, lit(asOf));
    row.put(Personas.DESCRIPTION, lit(DescribePersonas.description(contrasts)));
    row.put(Personas.CUSTOMERS_COUNT, lit(persona.customers()));
    row.put(Personas.SHARE, lit(share));
    row.put(Personas.CENTROID, centroid(persona));
    row.put(Personas.DISTINGUISHING_FEATURES, distinguishing(contrasts));
    row.put(Personas.MODEL_VERSION, lit(MatchPersonas.hash(rules.toString())));
    String rule = clusters.rules().get(persona.cluster());
    if (rule != null) {
      row.put(Personas.RULE, lit(rule));
      row.put(Personas.RULE_FIDELITY, lit(population.fidelity(persona)));
    }
    return row;
  }

  private static Column centroid(Measures persona) {
    List<Column> entries = new ArrayList<>();
    persona
        .means()
        .forEach(
            (feature, mean) -> {
              entries.add(lit(feature));
              entries.add(lit(mean));
            });
    return map(entries.toArray(Column[]::new));
  }

  private static Column distinguishing(List<Contrast> contrasts) {
    return array(
        contrasts.stream()
            .map(
                c ->
                    struct(
                        lit(c.feature()).as("feature"),
                        lit(c.personaMean()).as("persona_mean"),
                        lit(c.populationMean()).as("population_mean"),
                        lit(c.z()).as("z")))
            .toArray(Column[]::new));
  }
}
