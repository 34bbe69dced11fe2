package io.itinera.core.match;

import io.itinera.core.table.MatchModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** A model as a row of {@link MatchModels}, and back. */
public final class ModelRow {

  private ModelRow() {}

  /**
   * What is said of a training beside the model.
   *
   * @param runId the run
   * @param matching name of the configuration
   * @param settings hash of its fields and blocks
   * @param records profiles
   * @param pairs pairs in their blocks
   * @param largestBlock profiles of the largest block
   * @param reach estimated share of one person's pairs in common blocks
   * @param threshold what is suggested
   */
  public record Said(
      String runId,
      String matching,
      String settings,
      long records,
      long pairs,
      long largestBlock,
      double reach,
      SuggestThreshold threshold) {}

  /** The row. */
  public static Row of(MatchModel model, Said said) {
    List<Row> levels = new ArrayList<>();
    List<Row> frequencies = new ArrayList<>();
    Map<String, Double> rarest = new TreeMap<>();
    long version = 17;
    for (int field = 0; field < model.fields().size(); field++) {
      String name = model.fields().get(field).name();
      rarest.put(name, (double) model.frequencies().rarest(field));
      for (Level level : Level.values()) {
        if (level != Level.MISSING) {
          int at = level.code();
          double same = model.same()[field][at];
          version = 31 * version + Double.doubleToLongBits(same);
          levels.add(
              RowFactory.create(
                  name,
                  level.name().toLowerCase(java.util.Locale.ROOT),
                  same,
                  model.related()[field][at],
                  model.stranger()[field][at],
                  model.weight(field, level)));
        }
      }
      model
          .frequencies()
          .forEach(field, (hash, log) -> frequencies.add(RowFactory.create(name, hash, log)));
    }
    version = 31 * version + Double.doubleToLongBits(model.prior()) + frequencies.hashCode();
    return RowFactory.create(
        "%016x".formatted(version * 0x9E3779B97F4A7C15L),
        said.runId(),
        said.matching(),
        said.settings(),
        said.records(),
        said.pairs(),
        said.largestBlock(),
        said.reach(),
        said.threshold().threshold(),
        said.threshold().precision(),
        said.threshold().recall(),
        model.prior(),
        model.priorRelated(),
        model.kept(),
        model.alike(),
        levels,
        rarest,
        frequencies);
  }

  /**
   * The model of a row.
   *
   * @param fields of the configuration that it was learned for
   */
  public static MatchModel model(Row row, List<MatchField> fields) {
    List<String> names = fields.stream().map(MatchField::name).toList();
    double[][] same = new double[fields.size()][Level.COUNT];
    double[][] related = new double[fields.size()][Level.COUNT];
    double[][] stranger = new double[fields.size()][Level.COUNT];
    for (Row level : row.<Row>getList(row.fieldIndex(MatchModels.LEVELS))) {
      int field = names.indexOf(level.getString(0));
      int at = Level.valueOf(level.getString(1).toUpperCase(java.util.Locale.ROOT)).code();
      same[field][at] = level.getDouble(2);
      related[field][at] = level.getDouble(3);
      stranger[field][at] = level.getDouble(4);
    }
    return new MatchModel(
        fields,
        same,
        related,
        stranger,
        row.<Double>getAs(MatchModels.PRIOR),
        row.<Double>getAs(MatchModels.PRIOR_RELATED),
        map(row, MatchModels.KEPT),
        map(row, MatchModels.ALIKE),
        frequencies(row, names));
  }

  private static Frequencies frequencies(Row row, List<String> names) {
    List<List<Row>> byField = new ArrayList<>();
    names.forEach(name -> byField.add(new ArrayList<>()));
    for (Row value : row.<Row>getList(row.fieldIndex(MatchModels.FREQUENCIES))) {
      byField.get(names.indexOf(value.getString(0))).add(value);
    }
    long[][] hashes = new long[names.size()][];
    float[][] logs = new float[names.size()][];
    float[] rarest = new float[names.size()];
    Map<String, Double> others = map(row, MatchModels.RAREST);
    for (int field = 0; field < hashes.length; field++) {
      List<Row> values = byField.get(field);
      hashes[field] = values.stream().mapToLong(value -> value.getLong(1)).toArray();
      logs[field] = new float[values.size()];
      for (int i = 0; i < values.size(); i++) {
        logs[field][i] = values.get(i).getFloat(2);
      }
      rarest[field] = others.get(names.get(field)).floatValue();
    }
    return new Frequencies(hashes, logs, rarest);
  }

  private static Map<String, Double> map(Row row, String column) {
    scala.collection.Map<String, Double> map = row.getAs(column);
    return map == null ? Map.of() : new HashMap<>(CollectionConverters.asJava(map));
  }
}
