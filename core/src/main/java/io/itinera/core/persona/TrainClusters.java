package io.itinera.core.persona;

import static io.itinera.core.table.CustomerFeatures.CUSTOMER_ID;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.rule.Hold;
import io.itinera.core.rule.SideBySide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds groups among a bounded number of training customers.
 *
 * <p>They are chosen and ordered by a hash of their id and lie in one partition, so that every sum
 * is added up in the same order, whatever the partitioning of the features. Features are damped by
 * sign(x) · ln(1 + |x|) before they are scaled to mean 0 and deviation 1: counts and amounts have
 * long tails, and k-means would otherwise spend its groups on a few outliers.
 *
 * <p>The number of groups is chosen, and their rules are found, on the first {@value
 * #CHOOSING_ROWS} training customers: more would hardly change either, only take longer.
 */
final class TrainClusters {

  /** Vector of the damped and scaled features. */
  static final String SCALED = "scaled_features";

  /** Number of the nearest centre, from 0. */
  static final String CLUSTER = "cluster";

  private static final String DAMPED = "damped_features";
  private static final String DAMPED_PREFIX = "damped_";
  private static final double ONE_GROUP = -1;
  // The other solver fails on customers who are all alike: it expects as many centres as asked for.
  private static final String ROW_BY_ROW = "row";
  // In standard deviations. Each iteration is a Spark job: the last few would move nobody.
  private static final double STANDING_STILL = 0.01;
  private static final int ITERATIONS = 20;
  private static final int CHOOSING_ROWS = 10_000;

  private TrainClusters() {}

  /** The groups of the best silhouette, the fewer of two equal; empty without customers. */
  static Optional<Clusters> train(Dataset<Row> features, PersonaRules rules) {
    Dataset<Row> sample = sample(features, rules).transform(Hold::of);
    Dataset<Row> scaled = sample;
    Dataset<Row> few = sample;
    try {
      long distinct = sample.select(quoted(rules)).distinct().limit(rules.most()).count();
      if (distinct == 0) {
        return Optional.empty();
      }
      PipelineModel scaling = scaling(rules).fit(sample);
      scaled = scaling.transform(sample).transform(Hold::of);
      few = scaled.limit(CHOOSING_ROWS).transform(Hold::of);
      SortedMap<Integer, Double> silhouettes = silhouettes(few, sizes(rules, distinct), rules);
      KMeansModel model = means(best(silhouettes), rules).fit(scaled);
      return Optional.of(
          new Clusters(
              new Pipeline().setStages(stages(scaling, model)).fit(sample),
              (StandardScalerModel) scaling.stages()[scaling.stages().length - 1],
              model,
              List.copyOf(rules.features().keySet()),
              silhouettes,
              FindRules.rules(model.transform(few), rules)));
    } finally {
      few.unpersist();
      scaled.unpersist();
      sample.unpersist();
    }
  }

  private static Dataset<Row> sample(Dataset<Row> features, PersonaRules rules) {
    return features
        .orderBy(xxhash64(col(CUSTOMER_ID)), col(CUSTOMER_ID))
        .limit(rules.trainingRows())
        .coalesce(1);
  }

  private static Pipeline scaling(PersonaRules rules) {
    String damped =
        rules.features().keySet().stream()
            .map("signum(`%1$s`) * log1p(abs(`%1$s`)) AS `damped_%1$s`"::formatted)
            .collect(joining(", "));
    String[] columns =
        rules.features().keySet().stream().map(DAMPED_PREFIX::concat).toArray(String[]::new);
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new SQLTransformer().setStatement("SELECT *, " + damped + " FROM __THIS__"),
              new VectorAssembler().setInputCols(columns).setOutputCol(DAMPED),
              new StandardScaler()
                  .setInputCol(DAMPED)
                  .setOutputCol(SCALED)
                  .setWithMean(true)
                  .setWithStd(true)
            });
  }

  /** Never more than there are different customers; k-means itself asks for at least two. */
  private static List<Integer> sizes(PersonaRules rules, long distinct) {
    int most = (int) Math.max(2, Math.min(rules.most(), distinct));
    List<Integer> sizes = new ArrayList<>();
    for (int size = Math.min(rules.fewest(), most); size <= most; size++) {
      sizes.add(size);
    }
    return sizes;
  }

  private static SortedMap<Integer, Double> silhouettes(
      Dataset<Row> few, List<Integer> sizes, PersonaRules rules) {
    List<Callable<Double>> tries = new ArrayList<>();
    sizes.forEach(size -> tries.add(() -> silhouette(means(size, rules).fit(few), few)));
    List<Double> found = SideBySide.get(tries);
    SortedMap<Integer, Double> silhouettes = new TreeMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      silhouettes.put(sizes.get(i), found.get(i));
    }
    return silhouettes;
  }

  private static KMeans means(int size, PersonaRules rules) {
    return new KMeans()
        .setFeaturesCol(SCALED)
        .setPredictionCol(CLUSTER)
        .setK(size)
        .setMaxIter(ITERATIONS)
        .setTol(STANDING_STILL)
        .setSolver(ROW_BY_ROW)
        .setSeed(rules.seed());
  }

  private static int best(Map<Integer, Double> silhouettes) {
    return silhouettes.keySet().stream()
        .max(
            Comparator.<Integer>comparingDouble(silhouettes::get)
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static double silhouette(KMeansModel model, Dataset<Row> scaled) {
    long groups = LongStream.of(model.summary().clusterSizes()).filter(size -> size > 0).count();
    if (groups < 2) {
      return ONE_GROUP;
    }
    return new ClusteringEvaluator()
        .setFeaturesCol(SCALED)
        .setPredictionCol(CLUSTER)
        .evaluate(model.transform(scaled).select(SCALED, CLUSTER));
  }

  /** The fitted steps one after the other: a pipeline of them fits nothing anew. */
  private static PipelineStage[] stages(PipelineModel scaling, KMeansModel best) {
    return Stream.concat(Stream.of(scaling.stages()), Stream.of(best))
        .toArray(PipelineStage[]::new);
  }

  private static Column[] quoted(PersonaRules rules) {
    return rules.features().keySet().stream()
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }
}
