package io.itinera.core.persona;

import io.itinera.core.persona.PersonaModel.TrainedPersona;
import io.itinera.core.table.PersonaModels;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Models of personas as rows of {@link PersonaModels}, and back. */
public final class ModelRows {

  private ModelRows() {}

  /** One row per cluster of each model, values in the order of the table's columns. */
  public static List<Row> rows(List<PersonaModel> models) {
    List<Row> rows = new ArrayList<>();
    for (PersonaModel model : models) {
      for (int cluster = 0; cluster < model.personas().size(); cluster++) {
        rows.add(row(model, cluster));
      }
    }
    return rows;
  }

  private static Row row(PersonaModel model, int cluster) {
    TrainedPersona persona = model.personas().get(cluster);
    return RowFactory.create(
        Date.valueOf(model.asOf()),
        (long) cluster,
        model.version(),
        persona.id(),
        persona.name(),
        persona.rule(),
        persona.customers(),
        persona.matched(),
        persona.drift(),
        scala(persona.centroid()),
        scala(model.scaling().named(model.centers().get(cluster))),
        scala(model.scaling().means()),
        scala(model.scaling().deviations()),
        scala(model.criteria()),
        model.daysVersion() == PersonaModel.UNKNOWN ? null : (Long) model.daysVersion(),
        persona.spread() == null ? null : persona.spread().weight(),
        persona.spread() == null ? null : scala(variances(persona.spread(), model.scaling())),
        scala(texts(model.scaling().transforms())));
  }

  private static Map<String, Double> variances(Spread spread, Scaling scaling) {
    return scaling.named(spread.variances().stream().mapToDouble(each -> each).toArray());
  }

  /**
   * The models that rows hold, by day.
   *
   * @param rows values in the order of the table's columns
   */
  public static List<PersonaModel> models(List<Row> rows) {
    SortedMap<LocalDate, SortedMap<Long, Row>> trainings = new TreeMap<>();
    for (Row row : rows) {
      LocalDate asOf = row.getDate(place(PersonaModels.AS_OF)).toLocalDate();
      trainings
          .computeIfAbsent(asOf, day -> new TreeMap<>())
          .put(row.getLong(place(PersonaModels.CLUSTER)), row);
    }
    List<PersonaModel> models = new ArrayList<>();
    trainings.forEach((asOf, clusters) -> models.add(model(asOf, List.copyOf(clusters.values()))));
    return models;
  }

  private static PersonaModel model(LocalDate asOf, List<Row> clusters) {
    Row first = clusters.get(0);
    Scaling scaling =
        Scaling.found(
            values(first, PersonaModels.FEATURE_MEANS),
            values(first, PersonaModels.FEATURE_DEVIATIONS),
            transforms(first));
    List<TrainedPersona> personas = clusters.stream().map(row -> persona(row, scaling)).toList();
    return new PersonaModel(
        asOf,
        first.getString(place(PersonaModels.MODEL_VERSION)),
        scaling,
        personas,
        values(first, PersonaModels.CRITERIA),
        first.isNullAt(place(PersonaModels.DAYS_VERSION))
            ? PersonaModel.UNKNOWN
            : first.getLong(place(PersonaModels.DAYS_VERSION)));
  }

  private static TrainedPersona persona(Row row, Scaling scaling) {
    Map<String, Double> center = values(row, PersonaModels.CENTER);
    return new TrainedPersona(
        row.getString(place(PersonaModels.PERSONA_ID)),
        row.getString(place(PersonaModels.NAME)),
        row.getString(place(PersonaModels.RULE)),
        row.getLong(place(PersonaModels.CUSTOMERS_COUNT)),
        row.getString(place(PersonaModels.MATCHED_PREVIOUS)),
        (Double) row.get(place(PersonaModels.DRIFT)),
        values(row, PersonaModels.CENTROID),
        scaling.features().stream().map(center::get).toList(),
        row.isNullAt(place(PersonaModels.WEIGHT)) ? null : spread(row, scaling));
  }

  private static Spread spread(Row row, Scaling scaling) {
    Map<String, Double> variances = values(row, PersonaModels.VARIANCES);
    return new Spread(
        row.getDouble(place(PersonaModels.WEIGHT)),
        scaling.features().stream().map(variances::get).toList());
  }

  private static SortedMap<String, Double> values(Row row, String column) {
    return new TreeMap<>(row.<String, Double>getJavaMap(place(column)));
  }

  private static Map<String, String> texts(Map<String, Transform> transforms) {
    Map<String, String> texts = new TreeMap<>();
    transforms.forEach((feature, transform) -> texts.put(feature, transform.text()));
    return texts;
  }

  /** Trainings of before have none: all features were damped. */
  private static Map<String, Transform> transforms(Row row) {
    int place = place(PersonaModels.TRANSFORMS);
    Map<String, Transform> transforms = new TreeMap<>();
    if (!row.isNullAt(place)) {
      row.<String, String>getJavaMap(place)
          .forEach(
              (feature, text) ->
                  transforms.put(feature, Transform.valueOf(text.toUpperCase(Locale.ROOT))));
    }
    return transforms;
  }

  private static <T> scala.collection.Map<String, T> scala(Map<String, T> values) {
    return scala.jdk.javaapi.CollectionConverters.asScala(values);
  }

  private static int place(String column) {
    return PersonaModels.TABLE.schema().fieldIndex(column);
  }
}
