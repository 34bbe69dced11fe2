package io.itinera.jobs.worlds;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.itinera.core.offer.OfferProducts;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Attribution;
import io.itinera.core.table.AttributionChanges;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * What a warehouse says on its last night, without what tells of the nights before.
 *
 * <p>Left out are:
 *
 * <ul>
 *   <li>ledgers of what every run did: {@code runs}, {@code run_stages}, {@code quality_checks},
 *       {@code deliveries} (what coverage makes of them is compared), {@code customer_changes},
 *       {@code customer_aliases}, {@code identity_moves}, {@code affected_customers}, {@code
 *       rfm_migrations}, {@code persona_changes} and {@code persona_models};
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
   * Rows as JSON by table, sorted.
   *
   * @param tables all that the warehouse holds
   */
  static Map<String, List<String>> of(Lake lake, List<Table> tables, LocalDate asOf) {
    Map<String, List<String>> content = new TreeMap<>();
    for (Table table : tables) {
      if (!LEDGERS.contains(table)) {
        content.put(table.name(), texts(comparable(lake, table, asOf)));
      }
    }
    return content;
  }

  /** Customers to the seed of their world, as far as what they are called by names it. */
  static Map<String, Long> customers(Lake lake) {
    Map<String, Long> seeds = new HashMap<>();
    lake.read(Identities.TABLE)
        .select(Identities.CUSTOMER_ID, Identities.VALUE)
        .collectAsList()
        .forEach(
            row ->
                Person.seedOf(row.getString(1))
                    .ifPresent(seed -> seeds.put(row.getString(0), seed)));
    return seeds;
  }

  private static Dataset<Row> comparable(Lake lake, Table table, LocalDate asOf) {
    Dataset<Row> rows = lake.readAll(table);
    if (NIGHTLY.contains(table)) {
      rows = rows.where(col(RfmScores.AS_OF).equalTo(asOf));
    }
    if (table.equals(LoadedFiles.TABLE)) {
      Column taken = col(LoadedFiles.RECORDS_ACCEPTED).plus(col(LoadedFiles.RECORDS_DUPLICATE));
      return rows.withColumn(LoadedFiles.RECORDS_ACCEPTED, taken)
          .drop(LoadedFiles.RECORDS_DUPLICATE);
    }
    if (table.equals(RejectedRecords.TABLE) || table.equals(RecordFiles.TABLE)) {
      return rows.join(
          lake.read(LoadedFiles.TABLE),
          new String[] {LoadedFiles.SOURCE, LoadedFiles.PATH, LoadedFiles.RUN_ID},
          "left_semi");
    }
    if (table.equals(ModelReports.TABLE)) {
      // Some nights only make offers, and judge them.
      return rows.where(col(ModelReports.MODEL).notEqual(OfferProducts.MODEL));
    }
    if (table.equals(DropCauses.TABLE)) {
      return rows.where(col(DropCauses.CONDITION).startsWith("persona = ").equalTo(false));
    }
    if (table.equals(Personas.TABLE) || table.equals(CustomerPersonas.TABLE)) {
      return named(lake, asOf, rows, CustomerPersonas.PERSONA_ID);
    }
    return table.equals(Transitions.TABLE) || table.equals(Funnels.TABLE)
        ? named(lake, asOf, rows, Transitions.SEGMENT_VALUE)
        : rows;
  }

  /** With personas in {@code column} called by the least of their customers. */
  private static Dataset<Row> named(Lake lake, LocalDate asOf, Dataset<Row> rows, String column) {
    Dataset<Row> names =
        lake.read(CustomerPersonas.TABLE)
            .where(col(CustomerPersonas.AS_OF).equalTo(asOf))
            .groupBy(col(CustomerPersonas.PERSONA_ID).as("their_id"))
            .agg(min(CustomerPersonas.CUSTOMER_ID).as("least"));
    return rows.join(names, col(column).equalTo(col("their_id")), "left")
        .withColumn(column, coalesce(col("least"), col(column)))
        .drop("their_id", "least");
  }

  private static List<String> texts(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (!HISTORY.contains(field.name())) {
        columns.add(
            field.dataType() instanceof MapType
                ? array_sort(map_entries(col(field.name()))).as(field.name())
                : col(field.name()));
      }
    }
    return rows.select(to_json(struct(columns.toArray(Column[]::new)))).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
