package io.itinera.core.persona;

import static io.itinera.core.persona.PersonaModel.SCALED;
import static io.itinera.core.table.CustomerFeatures.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.spark.HoldRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds groups among a bounded number of training customers, chosen and ordered by a hash of their
 * id, so that every sum is added up in the same order, whatever the partitioning of the features.
 *
 * <p>The scaling, the number of groups and their rules are found on the first {@value #IN_MEMORY}
 * of them, in memory: more would hardly change any, and as Spark jobs the few would take a hundred
 * times as long. Where more train, MLlib finds the final centres; a mixture stays as it is.
 */
final class TrainClusters {

  // In standard deviations. Each iteration is a Spark job: the last few would move nobody.
  private static final double STANDING_STILL = 0.01;
  private static final int ITERATIONS = 20;
  private static final int IN_MEMORY = 10_000;

  private TrainClusters() {}

  /**
   * The groups that suit customers best, or that a model predicts; empty without customers.
   *
   * @param before the training before, if any
   */
  static Optional<Clusters> train(
      Dataset<Row> features, PersonaRules rules, Optional<PersonaModel> before) {
    if (rules.grouping().own().isPresent()) {
      return rules.grouping().own().get().clusters(chosen(features, most(rules)), rules);
    }
    List<String> names = rules.clustered();
    List<double[]> points = points(features, names, rules);
    if (points.isEmpty()) {
      return Optional.empty();
    }
    boolean areAll = points.size() <= IN_MEMORY;
    List<double[]> few = areAll ? points : points.subList(0, IN_MEMORY);
    Scaling scaling = Scaling.of(names, rules.use().transforms(), few);
    List<double[]> scaled = few.stream().map(scaling::apply).toList();
    // Whoever changed a rule wants to see what it does.
    Optional<List<double[]>> centersBefore =
        before
            .filter(model -> model.version().equals(rules.version()))
            .map(model -> Flows.centers(model, few, scaled));
    ChooseSize.Choice choice = new ChooseSize(scaled, rules, centersBefore).choice();
    Fit fit =
        areAll || choice.fit().isMixture()
            ? choice.fit()
            : Fit.of(fit(features, scale(scaling), choice.fit().centers(), rules));
    int[] groups = fit.groups(scaled);
    return Optional.of(
        new Clusters(
            scaling,
            fit,
            choice.criteria(),
            choice.reason(),
            FindRules.rules(names, few, groups),
            few,
            Arrays.stream(groups).boxed().toList()));
  }

  /** As many as {@code rules} let train, or as are looked at here: then there are more. */
  static int most(PersonaRules rules) {
    return Math.min(rules.trainingRows(), IN_MEMORY);
  }

  /** One more than is worked on in memory tells that there are more. */
  private static List<double[]> points(
      Dataset<Row> features, List<String> names, PersonaRules rules) {
    Column[] columns = names.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    return chosen(features, Math.min(rules.trainingRows(), IN_MEMORY + 1))
        .select(columns)
        .collectAsList()
        .stream()
        .map(row -> IntStream.range(0, row.length()).mapToDouble(row::getDouble).toArray())
        .toList();
  }

  private static Dataset<Row> chosen(Dataset<Row> features, int rows) {
    return features.orderBy(xxhash64(col(CUSTOMER_ID)), col(CUSTOMER_ID)).limit(rows);
  }

  /** All who train, in one partition, so that sums are added up in one order. */
  static Dataset<Row> ordered(Dataset<Row> features, PersonaRules rules) {
    return chosen(features, rules.trainingRows()).coalesce(1);
  }

  private static SQLTransformer scale(Scaling scaling) {
    return new SQLTransformer()
        .setStatement("SELECT *, %s AS %s FROM __THIS__".formatted(scaling.sql(), SCALED));
  }

  private static List<double[]> fit(
      Dataset<Row> features, SQLTransformer scale, List<double[]> start, PersonaRules rules) {
    Dataset<Row> ordered = ordered(features, rules);
    Dataset<Row> scaled = scale.transform(ordered).select(SCALED).transform(HoldRows::of);
    try {
      return rules.grouping().method() == Grouping.Method.BISECTING_K_MEANS
          ? parted(scaled, start.size(), rules)
          : settled(scaled, start, rules);
    } finally {
      scaled.unpersist();
    }
  }

  private static List<double[]> parted(Dataset<Row> scaled, int size, PersonaRules rules) {
    return Stream.of(
            new BisectingKMeans()
                .setFeaturesCol(SCALED)
                .setK(size)
                .setMaxIter(ITERATIONS)
                .setSeed(rules.seed())
                .fit(scaled)
                .clusterCenters())
        .map(Vector::toArray)
        .toList();
  }

  /** MLlib's newer k-means cannot be told where to begin, and would find other groups each time. */
  private static List<double[]> settled(
      Dataset<Row> scaled, List<double[]> start, PersonaRules rules) {
    JavaRDD<org.apache.spark.mllib.linalg.Vector> points =
        scaled.toJavaRDD().map(row -> Vectors.dense(doubles(row)));
    return Stream.of(
            new KMeans()
                .setK(start.size())
                .setInitialModel(
                    new KMeansModel(
                        start.stream()
                            .map(Vectors::dense)
                            .toArray(org.apache.spark.mllib.linalg.Vector[]::new)))
                .setMaxIterations(ITERATIONS)
                .setEpsilon(STANDING_STILL)
                .setSeed(rules.seed())
                .run(points.rdd())
                .clusterCenters())
        .map(org.apache.spark.mllib.linalg.Vector::toArray)
        .toList();
  }

  private static double[] doubles(Row row) {
    return row.<Double>getList(0).stream().mapToDouble(each -> each).toArray();
  }
}
