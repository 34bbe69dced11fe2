package io.itinera.jobs.worlds;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.itinera.core.offer.OfferProducts;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Attribution;
import io.itinera.core.table.AttributionChanges;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.DropCauses;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.FunnelDrops;
import io.itinera.core.table.Funnels;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.LifecycleWeeks;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.PersonaChanges;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.Personas;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.RfmMigrations;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Table;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.StoredRows;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a warehouse says on its last night, without what tells of the nights before.
 *
 * <p>Left out are:
 *
 * <ul>
 *   <li>ledgers of what every run did: {@code runs}, {@code run_stages}, {@code quality_checks},
 *       {@code deliveries} (what coverage makes of them is compared), {@code customer_changes},
 *       {@code customer_aliases}, {@code identity_moves}, {@code affected_customers}, {@code
 *       rfm_migrations}, {@code persona_changes}, {@code persona_models} and {@code churn_models};
 *   <li>run ids, the digest of evidence, which depends on them, and {@code loaded_at}, {@code
 *       rejected_at}; {@code model_path}, a folder of the warehouse;
 *   <li>of tables with {@code as_of} all rows of other nights, {@code previous_segment}, {@code
 *       matched_previous} and {@code drift}, which are about the night before;
 *   <li>which of a file's records were news and which duplicates: a night can only tell by what it
 *       knew; their sum is compared;
 *   <li>what was rejected in an earlier writing of a file, or held by it.
 * </ul>
 *
 * <p>A persona keeps its id from night to night, so the same persona of another past has another;
 * it is called by the least of its customers instead.
 */
final class Content {

  private static final String AS_OF = RfmScores.AS_OF;

  private static final Set<Table> LEDGERS =
      Set.of(
          Runs.TABLE,
          RunStages.TABLE,
          QualityChecks.TABLE,
          Deliveries.TABLE,
          CustomerChanges.TABLE,
          CustomerAliases.TABLE,
          IdentityMoves.TABLE,
          AffectedCustomers.TABLE,
          RfmMigrations.TABLE,
          AttributionChanges.TABLE,
          PersonaChanges.TABLE,
          PersonaModels.TABLE,
          ChurnModels.TABLE,
          NextProducts.TABLE);

  private static final Set<Table> NIGHTLY =
      Set.of(
          RfmScores.TABLE,
          CustomerValue.TABLE,
          ChurnScores.TABLE,
          ModelReports.TABLE,
          CustomerFeatures.TABLE,
          Personas.TABLE,
          CustomerPersonas.TABLE,
          Transitions.TABLE,
          PathVariants.TABLE,
          PathTree.TABLE,
          FrequentPaths.TABLE,
          ProcessSteps.TABLE,
          ProcessSpectra.TABLE,
          ProcessProfiles.TABLE,
          ProcessConstraints.TABLE,
          Attribution.TABLE,
          Funnels.TABLE,
          FunnelDrops.TABLE,
          JourneyMap.TABLE,
          DropCauses.TABLE,
          Cohorts.TABLE,
          LifecycleWeeks.TABLE);

  private static final Set<String> HISTORY =
      Set.of(
          "run_id",
          "loaded_run_id",
          "loaded_at",
          "rejected_at",
          "model_path",
          Evidence.DIGEST,
          RfmScores.PREVIOUS_SEGMENT,
          Personas.MATCHED_PREVIOUS,
          Personas.DRIFT);

  private Content() {}

  /**
   * Rows as text by table.
   *
   * @param tables all that the warehouse holds
   */
  static Map<String, List<String>> of(Lake lake, List<Table> tables, LocalDate asOf) {
    Map<String, String> personas = leastOfPersonas(lake, asOf);
    Map<String, List<String>> content = new TreeMap<>();
    for (Table table : tables) {
      if (!LEDGERS.contains(table)) {
        List<String> texts =
            StoredRows.of(lake, table).stream()
                .filter(row -> !NIGHTLY.contains(table) || asOf.equals(row.get(AS_OF)))
                .filter(isCompared(lake, table))
                .map(row -> comparable(table, row, personas))
                .map(Map::toString)
                .toList();
        content.put(table.name(), texts);
      }
    }
    return content;
  }

  /** Customers to the seed of their world, as far as what they are called by names it. */
  static Map<String, Long> customers(Lake lake) {
    Map<String, Long> seeds = new HashMap<>();
    for (Map<String, Object> row : StoredRows.of(lake, Identities.TABLE)) {
      Person.seedOf((String) row.get(Identities.VALUE))
          .ifPresent(seed -> seeds.put((String) row.get(Identities.CUSTOMER_ID), seed));
    }
    return seeds;
  }

  private static Predicate<Map<String, Object>> isCompared(Lake lake, Table table) {
    if (table.equals(RejectedRecords.TABLE) || table.equals(RecordFiles.TABLE)) {
      Set<Object> writings =
          StoredRows.of(lake, LoadedFiles.TABLE).stream().map(Content::writing).collect(toSet());
      return row -> writings.contains(writing(row));
    }
    if (table.equals(ModelReports.TABLE)) {
      // Some nights only make offers, and judge them.
      return row -> !OfferProducts.MODEL.equals(row.get(ModelReports.MODEL));
    }
    return row ->
        !table.equals(DropCauses.TABLE)
            || !((String) row.get(DropCauses.CONDITION)).startsWith("persona = ");
  }

  /** What a file held when a run read it. */
  private static List<Object> writing(Map<String, Object> row) {
    return Stream.of(LoadedFiles.SOURCE, LoadedFiles.PATH, LoadedFiles.RUN_ID)
        .map(row::get)
        .toList();
  }

  private static Map<String, Object> comparable(
      Table table, Map<String, Object> stored, Map<String, String> personas) {
    Map<String, Object> row = new LinkedHashMap<>(stored);
    row.keySet().removeAll(HISTORY);
    if (table.equals(LoadedFiles.TABLE)) {
      row.merge(
          LoadedFiles.RECORDS_ACCEPTED,
          row.remove(LoadedFiles.RECORDS_DUPLICATE),
          (accepted, duplicate) -> (long) accepted + (long) duplicate);
    }
    for (String column : List.of(CustomerPersonas.PERSONA_ID, Transitions.SEGMENT_VALUE)) {
      row.computeIfPresent(
          column, (name, called) -> personas.getOrDefault(called, (String) called));
    }
    return row;
  }

  /** Personas to the least of their customers. */
  private static Map<String, String> leastOfPersonas(Lake lake, LocalDate asOf) {
    return StoredRows.of(lake, CustomerPersonas.TABLE).stream()
        .filter(row -> asOf.equals(row.get(AS_OF)))
        .collect(
            toMap(
                row -> (String) row.get(CustomerPersonas.PERSONA_ID),
                row -> (String) row.get(CustomerPersonas.CUSTOMER_ID),
                (one, other) -> one.compareTo(other) <= 0 ? one : other));
  }
}
