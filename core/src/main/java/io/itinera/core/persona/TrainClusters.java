package io.itinera.core.persona;

import static io.itinera.core.persona.PersonaModel.CLUSTER;
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
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.linalg.Vector;
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

  // The other solver fails on customers who are all alike: it expects as many centres as asked for.
  private static final String ROW_BY_ROW = "row";
  // In standard deviations. Each iteration is a Spark job: the last few would move nobody.
  private static final double STANDING_STILL = 0.01;
  private static final int ITERATIONS = 20;
  private static final int IN_MEMORY = 10_000;

  private TrainClusters() {}

  /** The groups that suit customers best, or that a model predicts; empty without customers. */
  static Optional<Clusters> train(Dataset<Row> features, PersonaRules rules) {
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
    ChooseSize.Choice choice = ChooseSize.of(scaled, rules);
    Fit fit =
        areAll || choice.fit().isMixture()
            ? choice.fit()
            : Fit.of(fit(features, scale(scaling), choice.size(), rules));
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
      Dataset<Row> features, SQLTransformer scale, int size, PersonaRules rules) {
    Dataset<Row> ordered = ordered(features, rules);
    Dataset<Row> scaled = scale.transform(ordered).select(SCALED).transform(HoldRows::of);
    try {
      return Stream.of(centers(scaled, size, rules)).map(center -> center.toArray()).toList();
    } finally {
      scaled.unpersist();
    }
  }

  private static Vector[] centers(Dataset<Row> scaled, int size, PersonaRules rules) {
    if (rules.grouping().method() == Grouping.Method.BISECTING_K_MEANS) {
      return new BisectingKMeans()
          .setFeaturesCol(SCALED)
          .setK(size)
          .setMaxIter(ITERATIONS)
          .setSeed(rules.seed())
          .fit(scaled)
          .clusterCenters();
    }
    return new KMeans()
        .setFeaturesCol(SCALED)
        .setPredictionCol(CLUSTER)
        .setK(size)
        .setMaxIter(ITERATIONS)
        .setTol(STANDING_STILL)
        .setSolver(ROW_BY_ROW)
        .setSeed(rules.seed())
        .fit(scaled)
        .clusterCenters();
  }
}
