package io.itinera.core.churn;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.value.ModelReport;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Trainings as rows of {@link ChurnModels}, and back. */
public final class TrainingRows {

  private static final String TAB = "\t";

  private TrainingRows() {}

  /** Day of a training, whatever else it says. */
  public static LocalDate day(Row row) {
    return row.getDate(place(ChurnModels.AS_OF)).toLocalDate();
  }

  /** One row, values in the order of the table's columns. */
  public static Row row(ChurnTraining training) {
    Optional<ChurnScorer> scorer = training.scorer();
    Optional<Margin> margin = scorer.map(ChurnScorer::margin);
    Optional<LinearMargin> linear =
        margin.filter(LinearMargin.class::isInstance).map(LinearMargin.class::cast);
    Optional<TreesMargin> trees =
        margin.filter(TreesMargin.class::isInstance).map(TreesMargin.class::cast);
    return RowFactory.create(
        Date.valueOf(training.asOf()),
        training.candidate().text(),
        training.version(),
        linear.map(each -> named(each.weights())).orElse(null),
        linear.map(LinearMargin::intercept).orElse(null),
        trees.map(each -> texts(each.trees().stream().map(Decision::text).toList())).orElse(null),
        scorer.map(each -> each.calibration().slope()).orElse(null),
        scorer.map(each -> each.calibration().shift()).orElse(null),
        scorer.map(each -> named(each.usual())).orElse(null),
        texts(training.reports().stream().map(TrainingRows::text).toList()),
        training.daysVersion());
  }

  /**
   * The training that a row holds.
   *
   * @param row values in the order of the table's columns, of the version that is at work
   */
  public static ChurnTraining training(Row row) {
    String model = row.getString(place(ChurnModels.MODEL));
    return new ChurnTraining(
        day(row),
        version(row),
        Arrays.stream(Candidate.values())
            .filter(each -> each.text().equals(model))
            .findFirst()
            .orElseThrow(),
        row.isNullAt(place(ChurnModels.USUAL)) ? Optional.empty() : Optional.of(scorer(row)),
        row.<String>getList(place(ChurnModels.REPORTS)).stream().map(TrainingRows::report).toList(),
        row.isNullAt(place(ChurnModels.DAYS_VERSION))
            ? ChurnTraining.UNKNOWN
            : row.getLong(place(ChurnModels.DAYS_VERSION)));
  }

  /** The hash of what decided about the training of a row, which may be of an earlier release. */
  public static String version(Row row) {
    return row.getString(place(ChurnModels.MODEL_VERSION));
  }

  private static ChurnScorer scorer(Row row) {
    Margin margin =
        row.isNullAt(place(ChurnModels.TREES))
            ? new LinearMargin(
                row.getDouble(place(ChurnModels.INTERCEPT)), listed(row, ChurnModels.WEIGHTS))
            : new TreesMargin(
                row.<String>getList(place(ChurnModels.TREES)).stream().map(Decision::of).toList());
    Calibration calibration =
        new Calibration(
            row.getDouble(place(ChurnModels.SLOPE)), row.getDouble(place(ChurnModels.SHIFT)));
    return new ChurnScorer(margin, calibration, listed(row, ChurnModels.USUAL));
  }

  private static List<Double> listed(Row row, String column) {
    Map<String, Double> values = row.getJavaMap(place(column));
    return Arrays.stream(Behaviour.values()).map(each -> values.get(each.column())).toList();
  }

  private static scala.collection.Map<String, Double> named(List<Double> values) {
    Map<String, Double> named = new TreeMap<>();
    for (Behaviour each : Behaviour.values()) {
      named.put(each.column(), values.get(each.place()));
    }
    return CollectionConverters.asScala(named);
  }

  private static scala.collection.Seq<String> texts(List<String> texts) {
    return CollectionConverters.asScala(texts).toSeq();
  }

  private static String text(ModelReport report) {
    return String.join(
        TAB,
        report.model(),
        report.metric(),
        Double.toString(report.value()),
        report.baseline() == null ? "" : Double.toString(report.baseline()),
        Long.toString(report.sample()),
        report.detail());
  }

  private static ModelReport report(String text) {
    String[] parts = text.split(TAB, -1);
    return new ModelReport(
        parts[0],
        parts[1],
        Double.parseDouble(parts[2]),
        parts[3].isEmpty() ? null : Double.valueOf(parts[3]),
        Long.parseLong(parts[4]),
        parts[5]);
  }

  private static int place(String column) {
    return ChurnModels.TABLE.schema().fieldIndex(column);
  }
}
