package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.lit;

import io.itinera.core.persona.BuildFeatures;
import io.itinera.core.persona.FindPersonas;
import io.itinera.core.persona.FoundPersonas;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Personas;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to features, and features to the night's personas. */
final class PersonasJob {

  private PersonasJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    PersonaRules rules = context.config().personas();
    Table features = CustomerFeatures.table(rules.features().keySet());
    replaceNight(
        context,
        features,
        BuildFeatures.features(
            lake.read(Customers.TABLE), lake.read(CustomerDays.TABLE), context.asOf(), rules));

    FoundPersonas found =
        FindPersonas.find(lake.read(features), lake.read(Personas.TABLE), context.asOf(), rules);
    String path = modelPath(context);
    Dataset<Row> personas = found.personas().withColumn(Personas.MODEL_PATH, lit(path));
    SideBySide.run(
        List.of(
            () -> found.model().ifPresent(model -> save(model, path)),
            () -> replaceNight(context, Personas.TABLE, personas),
            () -> replaceNight(context, CustomerPersonas.TABLE, found.customerPersonas())));
  }

  /** A customer, or a persona, is there once by the way the rows are made. */
  private static void replaceNight(StageContext context, Table table, Dataset<Row> rows) {
    Slice night = Slice.of(table, List.of(context.asOf()));
    context.lake().replaceUnchecked(table, night, rows);
  }

  /** Beside the tables, one folder a night; the same night again replaces it. */
  private static String modelPath(StageContext context) {
    return context.lake().warehouse() + "/_models/personas/as_of=" + context.asOf();
  }

  private static void save(PipelineModel model, String path) {
    try {
      model.write().overwrite().save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot save the persona model to %s: %s. No persona was written; see that the folder is writable and run the night again."
              .formatted(path, e.getMessage()),
          e);
    }
  }
}
