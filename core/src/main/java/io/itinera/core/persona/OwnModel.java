package io.itinera.core.persona;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model of somebody's own, trained elsewhere or by a class: the groups that it predicts are the
 * personas. Names, rules, ids and what became of them are found as of groups that are found here.
 */
public final class OwnModel {

  /** What MLlib's models call what they predict. */
  public static final String PREDICTION = "prediction";

  private static final int MOST = 100;

  private final String name;
  private final Optional<PersonaTrainer> trainer;
  private final Optional<PipelineModel> loaded;
  private final String content;

  private OwnModel(
      String name,
      Optional<PersonaTrainer> trainer,
      Optional<PipelineModel> loaded,
      String content) {
    this.name = name;
    this.trainer = trainer;
    this.loaded = loaded;
    this.content = content;
  }

  /** What was saved in a folder. */
  public static OwnModel savedAt(String path) {
    return new OwnModel(path, Optional.empty(), Optional.empty(), "");
  }

  /** What a class trains. */
  public static OwnModel by(PersonaTrainer trainer) {
    return new OwnModel(trainer.getClass().getName(), Optional.of(trainer), Optional.empty(), "");
  }

  /** Where it was saved, or the class that trains it. */
  public String name() {
    return name;
  }

  /** Trains it; none if it was trained elsewhere. */
  public Optional<PersonaTrainer> trainer() {
    return trainer;
  }

  /**
   * What was saved or trained, if somebody looked: it reads columns of {@link
   * io.itinera.core.table.CustomerFeatures} and adds the column {@value #PREDICTION}, a group from
   * 0 to 99; whatever else is no persona.
   */
  public Optional<PipelineModel> loaded() {
    return loaded;
  }

  /** The same, trained. */
  public OwnModel with(PipelineModel pipeline) {
    return new OwnModel(name, trainer, Optional.of(pipeline), content);
  }

  /**
   * The same, loaded.
   *
   * @param saved a hash of what was saved: the same pipeline, fitted to others, is another model,
   *     but has the same name
   */
  public OwnModel with(PipelineModel pipeline, String saved) {
    return new OwnModel(name, trainer, Optional.of(pipeline), saved);
  }

  /**
   * What personas depend on: of a class not what it learnt, but of a folder what was saved there.
   */
  @Override
  public String toString() {
    return trainer.isPresent()
        ? "OwnModel[class=%s]".formatted(name)
        : "OwnModel[path=%s, content=%s]".formatted(name, content);
  }

  /**
   * The groups of a bounded number of customers; empty if it knows none for any of them.
   *
   * @param chosen some customers, in an order that has nothing to do with how they are
   */
  Optional<Clusters> clusters(Dataset<Row> chosen, PersonaRules rules) {
    List<String> names = rules.clustered();
    List<Column> columns =
        new ArrayList<>(names.stream().map(name -> col("`" + name + "`")).toList());
    columns.add(col(PersonaModel.CLUSTER));
    List<double[]> points = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    for (Row row : predicted(chosen, MOST).select(columns.toArray(Column[]::new)).collectAsList()) {
      points.add(IntStream.range(0, names.size()).mapToDouble(row::getDouble).toArray());
      groups.add(row.getInt(names.size()));
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Scaling scaling = Scaling.of(names, rules.use().transforms(), points);
    int[] ofPoints = groups.stream().mapToInt(each -> each).toArray();
    List<double[]> scaled = points.stream().map(scaling::apply).toList();
    List<double[]> centers = centers(scaled, ofPoints);
    SortedMap<String, Double> criteria = new TreeMap<>();
    criteria.put("silhouette/" + centers.size(), Silhouette.of(scaled, ofPoints, centers.size()));
    return Optional.of(
        new Clusters(
            scaling,
            Fit.of(centers),
            criteria,
            rules.use().units().words().say(Phrase.SIZE_PREDICTED, centers.size(), name),
            FindRules.rules(names, points, ofPoints),
            points,
            groups));
  }

  /** Customers of groups that the training knew, with their features scaled as there. */
  Dataset<Row> assigned(Dataset<Row> features, PersonaModel model) {
    return predicted(features, model.personas().size())
        .withColumn(PersonaModel.SCALED, expr(model.scaling().sql()));
  }

  /** Customers of one of so many groups, with its number. */
  private Dataset<Row> predicted(Dataset<Row> features, int most) {
    Column group = col(PREDICTION);
    return loaded
        .orElseThrow()
        .transform(features)
        .where(group.between(0, most - 1).and(group.equalTo(floor(group))))
        .withColumn(PersonaModel.CLUSTER, group.cast("int"));
  }

  /** The middle of each group; that of all for one that nobody is in. */
  private static List<double[]> centers(List<double[]> scaled, int[] groups) {
    int size = 1 + IntStream.of(groups).max().orElseThrow();
    double[][] centers = new double[size][scaled.get(0).length];
    int[] members = new int[size];
    for (int i = 0; i < groups.length; i++) {
      members[groups[i]]++;
      for (int j = 0; j < centers[groups[i]].length; j++) {
        centers[groups[i]][j] += scaled.get(i)[j];
      }
    }
    for (int group = 0; group < size; group++) {
      for (int j = 0; j < centers[group].length; j++) {
        centers[group][j] /= Math.max(1, members[group]);
      }
    }
    return List.of(centers);
  }
}
