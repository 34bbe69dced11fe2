package io.itinera.core.persona;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.persona.MeasurePersonas.Population;
import io.itinera.core.persona.PersonaModel.TrainedPersona;
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
 * @param model what the training found
 * @param population all their customers
 */
record PersonaRows(LocalDate asOf, PersonaRules rules, PersonaModel model, Population population) {

  /**
   * Rows of {@link Personas}.
   *
   * @param any any dataset; none of its rows is read
   */
  Dataset<Row> personas(Dataset<Row> any) {
    List<Map<String, Column>> rows = new ArrayList<>();
    for (Measures persona : population.clusters()) {
      TrainedPersona trained = model.personas().get(persona.cluster());
      Map<String, Column> row = found(persona);
      row.put(Personas.NAME, lit(trained.name()));
      row.put(Personas.PERSONA_ID, lit(trained.id()));
      row.put(Personas.MATCHED_PREVIOUS, lit(trained.matched()));
      row.put(Personas.DRIFT, lit(drift(persona)));
      if (trained.rule() != null) {
        row.put(Personas.RULE, lit(trained.rule()));
        row.put(Personas.RULE_FIDELITY, lit(population.fidelity(persona)));
      }
      rows.add(row);
    }
    return LiteralRows.of(any, Personas.TABLE, rows);
  }

  /** As the training found it, or, on a later night, how far it went since; null if it is new. */
  private Double drift(Measures persona) {
    TrainedPersona trained = model.personas().get(persona.cluster());
    boolean isLater = trained.matched() != null && trained.drift() == null;
    return isLater ? (Double) sinceTraining(persona) : trained.drift();
  }

  /** How far the persona that moved furthest is from where it was, per feature. */
  double furthest() {
    double features = Math.sqrt(model.scaling().features().size());
    return population.clusters().stream()
        .mapToDouble(persona -> sinceTraining(persona) / features)
        .max()
        .orElse(0);
  }

  private double sinceTraining(Measures persona) {
    Map<String, Double> centroid = model.personas().get(persona.cluster()).centroid();
    return Math.sqrt(
        FindCenters.squaredDistance(
            model.scaling().apply(persona.means()), model.scaling().apply(centroid)));
  }

  private Map<String, Column> found(Measures persona) {
    List<Contrast> contrasts = Contrast.of(persona, population.everybody(), rules.namedFeatures());
    double share = (double) persona.customers() / population.everybody().customers();
    Map<String, Column> row = new HashMap<>();
    row.put(Personas.AS_OF, lit(asOf));
    row.put(
        Personas.DESCRIPTION, lit(DescribePersonas.description(contrasts, rules.use().units())));
    row.put(Personas.CUSTOMERS_COUNT, lit(persona.customers()));
    row.put(Personas.SHARE, lit(share));
    row.put(Personas.CENTROID, centroid(persona));
    row.put(Personas.DISTINGUISHING_FEATURES, distinguishing(contrasts));
    row.put(Personas.MODEL_VERSION, lit(model.version()));
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
