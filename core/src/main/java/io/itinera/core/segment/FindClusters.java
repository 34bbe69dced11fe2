package io.itinera.core.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.persona.FindCenters;
import io.itinera.core.persona.Scaling;
import io.itinera.core.persona.Silhouette;
import io.itinera.core.segment.ClusterRules.By;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds clusters among a bounded number of customers, chosen and ordered by a hash of their id, so
 * that every sum is added up in the same order, whatever the partitioning. Of several numbers of
 * clusters the one with the greatest mean silhouette is taken, of equally good ones the smallest.
 */
final class FindClusters {

  /** More would hardly change a cluster. */
  private static final int TRAINING_CUSTOMERS = 10_000;

  /** Factors look at each customer hundreds of times. */
  private static final int FACTORED_CUSTOMERS = 4_000;

  private static final long SEED = 1;

  private final List<double[]> points;
  private final Scaling scaling;
  private final ClusterRules rules;

  private FindClusters(List<double[]> values, List<String> names, ClusterRules rules) {
    this.rules = rules;
    this.scaling = Scaling.of(names, values);
    this.points = values.stream().map(each -> PathModel.point(rules.by(), scaling, each)).toList();
  }

  /**
   * What was found.
   *
   * @param size how many clusters were asked for
   * @param silhouettes number of clusters to their mean silhouette
   */
  record Found(PathModel model, int size, SortedMap<Integer, Double> silhouettes) {}

  /**
   * The clusters of {@code customers}.
   *
   * @param customers rows of {@link MeasurePaths#SCHEMA}
   * @throws TooAlikeException if there are not so many different customers
   */
  static Found found(Dataset<Row> customers, List<String> names, ClusterRules rules) {
    int most = rules.by() == By.STEPS ? FACTORED_CUSTOMERS : TRAINING_CUSTOMERS;
    List<double[]> values =
        customers
            .orderBy(xxhash64(col(MeasurePaths.CUSTOMER)), col(MeasurePaths.CUSTOMER))
            .limit(most)
            .collectAsList()
            .stream()
            .map(MeasurePaths::values)
            .toList();
    if (values.isEmpty()) {
      throw new TooAlikeException("Nobody has a journey in the window of itinera.paths");
    }
    return new FindClusters(values, names, rules).found();
  }

  private Found found() {
    long different =
        points.stream().map(point -> Arrays.stream(point).boxed().toList()).distinct().count();
    if (different < rules.fewest()) {
      throw new TooAlikeException(
          "The journeys of %,d customer%s are of %d kind%s, so they cannot be parted into %d"
              .formatted(
                  points.size(),
                  points.size() == 1 ? "" : "s",
                  different,
                  different == 1 ? "" : "s",
                  rules.fewest()));
    }
    SortedMap<Integer, Double> silhouettes = new TreeMap<>();
    PathModel best = null;
    int bestSize = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int size = rules.fewest(); size <= Math.min(rules.most(), different); size++) {
      PathModel model = model(size);
      double silhouette = silhouette(model);
      silhouettes.put(size, silhouette);
      if (silhouette > most) {
        most = silhouette;
        best = model;
        bestSize = size;
      }
    }
    return new Found(best, bestSize, silhouettes);
  }

  private PathModel model(int size) {
    List<double[]> parts =
        rules.by() == By.STEPS
            ? FactorPaths.parts(points, size, SEED)
            : FindCenters.of(points, size, SEED);
    return new PathModel(rules.by(), scaling, parts);
  }

  private double silhouette(PathModel model) {
    int[] clusters = points.stream().mapToInt(model::clusterOf).toArray();
    return Silhouette.of(points, clusters, model.parts().size());
  }
}
