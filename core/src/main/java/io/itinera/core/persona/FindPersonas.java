package io.itinera.core.persona;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.persona.MatchPersonas.Identity;
import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.persona.MeasurePersonas.Population;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Personas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds groups of customers that behave alike, and says what makes them apart. */
public final class FindPersonas {

  private FindPersonas() {}

  /**
   * Finds centres among a bounded number of customers, assigns all of them, and names the groups.
   *
   * <p>Of the sizes from {@link PersonaRules#fewest()} to {@link PersonaRules#most()} the smallest
   * whose silhouette is nearly the best wins, but there are never more personas than different
   * customers; without customers there are none. Centroids are means of all members in the
   * features' own units. A persona keeps its id while its centroid moves less than half a standard
   * deviation per feature from one night to the next; if it goes for a night, it comes back as a
   * new one.
   *
   * @param features rows of {@link CustomerFeatures#table}; those of {@code asOf} count
   * @param previousPersonas rows of {@link Personas}; those before {@code asOf} count
   * @return datasets that depend on the rows alone, not on their order or partitioning
   */
  public static FoundPersonas find(
      Dataset<Row> features, Dataset<Row> previousPersonas, LocalDate asOf, PersonaRules rules) {
    Dataset<Row> tonight =
        features
            .where(col(CustomerFeatures.AS_OF).equalTo(lit(asOf)))
            .where(PatternFunctions.expr(rules.use().among()));
    Optional<Clusters> trained = TrainClusters.train(tonight, rules);
    if (trained.isEmpty()) {
      return nobody(tonight);
    }
    Clusters clusters = trained.get();
    Dataset<Row> assigned = clusters.pipeline().transform(tonight);
    Population population = MeasurePersonas.population(assigned, clusters);
    List<Identity> identities =
        MatchPersonas.identities(population.clusters(), clusters, previousPersonas, asOf);

    PersonaRows rows = new PersonaRows(asOf, rules, clusters, population);
    return new FoundPersonas(
        Optional.of(clusters.pipeline()),
        identities.size(),
        clusters.silhouettes(),
        rows.personas(tonight, identities),
        AssignPersonas.customerPersonas(
            assigned, clusters, idPerCluster(clusters, population, identities)));
  }

  private static List<String> idPerCluster(
      Clusters clusters, Population population, List<Identity> identities) {
    List<String> ids = new ArrayList<>(Collections.nCopies(clusters.centers().size(), ""));
    for (int i = 0; i < identities.size(); i++) {
      Measures persona = population.clusters().get(i);
      ids.set(persona.cluster(), identities.get(i).id());
    }
    return ids;
  }

  private static FoundPersonas nobody(Dataset<Row> tonight) {
    return new FoundPersonas(
        Optional.empty(),
        0,
        new TreeMap<>(),
        LiteralRows.of(tonight, Personas.TABLE, List.of()),
        LiteralRows.of(tonight, CustomerPersonas.TABLE, List.of()));
  }
}
