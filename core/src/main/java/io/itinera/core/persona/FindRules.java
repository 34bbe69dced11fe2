package io.itinera.core.persona;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds a readable condition for each cluster: a shallow decision tree of it against the others.
 *
 * <p>The tree sees the features in their own units, so its text is a predicate that analysts can
 * run on {@code customer_features}.
 */
final class FindRules {

  private static final String OWN_UNITS = "features_in_own_units";
  private static final String IS_MEMBER = "is_member";
  private static final int DEPTH = 3;

  private FindRules() {}

  /**
   * Per cluster with training customers, its condition.
   *
   * @param clustered training customers with their features and cluster
   */
  static SortedMap<Integer, String> rules(Dataset<Row> clustered, PersonaRules rules) {
    String[] features = rules.features().keySet().toArray(String[]::new);
    Dataset<Row> points =
        new VectorAssembler()
            .setInputCols(features)
            .setOutputCol(OWN_UNITS)
            .transform(clustered)
            .select(OWN_UNITS, TrainClusters.CLUSTER);
    SortedMap<Integer, String> found = new TreeMap<>();
    points.persist();
    try {
      List<Integer> numbers =
          points.select(TrainClusters.CLUSTER).distinct().as(Encoders.INT()).collectAsList();
      List<Callable<String>> searches = new ArrayList<>();
      numbers.forEach(number -> searches.add(() -> rule(points, number, rules.seed(), features)));
      List<String> texts = SideBySide.get(searches);
      for (int i = 0; i < numbers.size(); i++) {
        found.put(numbers.get(i), texts.get(i));
      }
    } finally {
      points.unpersist();
    }
    return found;
  }

  private static String rule(Dataset<Row> points, int cluster, long seed, String[] features) {
    Column isMember = col(TrainClusters.CLUSTER).equalTo(cluster).cast("double");
    DecisionTreeClassificationModel tree =
        new DecisionTreeClassifier()
            .setFeaturesCol(OWN_UNITS)
            .setLabelCol(IS_MEMBER)
            .setMaxDepth(DEPTH)
            .setSeed(seed)
            .fit(points.withColumn(IS_MEMBER, isMember));
    return new TreeText(features).text(tree.rootNode());
  }
}
