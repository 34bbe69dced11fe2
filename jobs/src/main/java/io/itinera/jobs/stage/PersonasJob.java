package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.persona.BuildFeatures;
import io.itinera.core.persona.FindPersonas;
import io.itinera.core.persona.FoundPersonas;
import io.itinera.core.persona.PersonaModel;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.portrait.DrawPortraits;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PersonaTraits;
import io.itinera.core.table.Personas;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums per customer and day to features, and assigns customers to personas; finds these anew on the
 * days of {@link io.itinera.core.persona.Retraining}.
 */
final class PersonasJob {

  private PersonasJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    PersonaTrainings trainings = PersonaTrainings.before(context);
    PersonaRules rules = trainings.rules();
    Table table = CustomerFeatures.table(rules.features().keySet());
    replaceNight(
        context,
        table,
        BuildFeatures.features(ReadFeatureRows.ofNight(context), context.asOf(), rules));
    Dataset<Row> features =
        lake.read(table).where(col(CustomerFeatures.AS_OF).equalTo(lit(context.asOf())));

    Optional<PersonaModel> model = scheduled(context, trainings, features);
    FoundPersonas found = found(features, model, trainings);
    if (isToBeFoundAnew(model, found, trainings)) {
      model = trainings.train(features, context.asOf());
      found = found(features, model, trainings);
    }

    String path = model.map(each -> trainings.path(each.asOf())).orElse(null);
    Dataset<Row> personas =
        found.personas().withColumn(Personas.MODEL_PATH, lit(path).cast(DataTypes.StringType));
    Dataset<Row> assigned = found.customerPersonas();
    List<Runnable> writes = new ArrayList<>(trainings.writes());
    writes.add(() -> replaceNight(context, Personas.TABLE, personas));
    writes.add(() -> replaceNight(context, CustomerPersonas.TABLE, assigned));
    SideBySide.run(writes);
    drawPortraits(context);
  }

  private static void drawPortraits(StageContext context) {
    Lake lake = context.lake();
    DrawPortraits.Sources sources =
        new DrawPortraits.Sources(
            lake.read(Customers.TABLE),
            lake.read(CustomerDays.TABLE),
            lake.read(Journeys.TABLE),
            lake.read(CustomerPersonas.TABLE)
                .where(col(CustomerPersonas.AS_OF).equalTo(lit(context.asOf()))));
    lake.replace(
        PersonaTraits.TABLE,
        Slice.of(PersonaTraits.TABLE, List.of(context.asOf())),
        DrawPortraits.traits(sources, context.asOf(), context.config().portraits()));
  }

  /** What is in force by the calendar; none if nobody was there to learn from. */
  private static Optional<PersonaModel> scheduled(
      StageContext context, PersonaTrainings trainings, Dataset<Row> features) {
    LocalDate day = trainings.rules().retraining().trainedAt(context.asOf());
    if (day.equals(context.asOf())) {
      return trainings.train(features, day);
    }
    Optional<PersonaModel> stored = trainings.stored(day);
    return stored.isPresent() ? stored : trainings.train(featuresOf(day, context), day);
  }

  private static boolean isToBeFoundAnew(
      Optional<PersonaModel> model, FoundPersonas found, PersonaTrainings trainings) {
    return model.isEmpty()
        || (model.get().asOf().isBefore(trainings.asOf())
            && FindPersonas.isOutgrown(model.get(), found, trainings.rules()));
  }

  private static Dataset<Row> featuresOf(LocalDate day, StageContext context) {
    return BuildFeatures.features(
        ReadFeatureRows.ofEarlier(day, context), day, context.config().personas());
  }

  private static FoundPersonas found(
      Dataset<Row> features, Optional<PersonaModel> model, PersonaTrainings trainings) {
    return model
        .map(
            each ->
                FindPersonas.assign(
                    features,
                    trainings.wasUsed(each) ? each.continued() : each,
                    trainings.asOf(),
                    trainings.rules(each)))
        .orElseGet(() -> FindPersonas.nobody(features));
  }

  /** A customer, or a persona, is there once by the way the rows are made. */
  private static void replaceNight(StageContext context, Table table, Dataset<Row> rows) {
    Slice night = Slice.of(table, List.of(context.asOf()));
    context.lake().replaceUnchecked(table, night, rows);
  }
}
