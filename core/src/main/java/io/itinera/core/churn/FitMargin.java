package io.itinera.core.churn;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.itinera.core.churn.ChurnRules.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lets MLlib learn from customers in one partition and in one order, so that every sum is added up
 * alike wherever they came from.
 */
final class FitMargin {

  private static final String POINT = "point";
  private static final String LABEL = DescribeBehaviour.SILENT;

  // Weights of standardised numbers are drawn towards 0 by this much: little, since customers are
  // many and the numbers few.
  private static final double RIDGE = 0.01;
  private static final int STEPS = 50;

  // Small trees, many of them, each of little say: deeper ones learn customers by heart.
  private static final int TREES = 20;
  private static final int DEPTH = 3;
  private static final double SAY = 0.2;
  private static final int LEAST_OF_LEAF = 20;
  private static final long SEED = 1;
  private static final int NEVER = -1;

  private FitMargin() {}

  /**
   * What a model learns.
   *
   * @param examples as {@link DescribeBehaviour#labelled} gives them, held in one partition
   */
  static Margin fit(Candidate candidate, Dataset<Row> examples) {
    return switch (candidate) {
      case LOGISTIC_REGRESSION -> linear(examples);
      case BOOSTED_TREES -> trees(examples);
      case VALUE_MODEL ->
          throw new IllegalArgumentException("The model of purchases learns from no examples");
    };
  }

  private static Margin linear(Dataset<Row> examples) {
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFeaturesCol(POINT)
            .setLabelCol(LABEL)
            .setFamily("binomial")
            .setRegParam(RIDGE)
            .setMaxIter(STEPS)
            .fit(points(examples, number -> signum(number).multiply(log1p(abs(number)))));
    List<Double> weights = Arrays.stream(model.coefficients().toArray()).boxed().toList();
    return new LinearMargin(model.intercept(), weights);
  }

  private static Margin trees(Dataset<Row> examples) {
    GBTClassificationModel model =
        new GBTClassifier()
            .setFeaturesCol(POINT)
            .setLabelCol(LABEL)
            .setMaxIter(TREES)
            .setMaxDepth(DEPTH)
            .setStepSize(SAY)
            .setMinInstancesPerNode(LEAST_OF_LEAF)
            .setCheckpointInterval(NEVER)
            .setSeed(SEED)
            .fit(points(examples, number -> number));
    List<Decision> trees = new ArrayList<>();
    DecisionTreeRegressionModel[] all = model.trees();
    for (int i = 0; i < all.length; i++) {
      // MLlib's trees say half of the log-odds.
      trees.add(decision(all[i].rootNode(), 2 * model.treeWeights()[i]));
    }
    return new TreesMargin(trees);
  }

  private static Decision decision(Node node, double weight) {
    if (node instanceof InternalNode inner && inner.split() instanceof ContinuousSplit split) {
      return new Decision(
          List.of(Behaviour.values()).get(split.featureIndex()),
          split.threshold(),
          decision(inner.leftChild(), weight),
          decision(inner.rightChild(), weight),
          0);
    }
    return Decision.leaf(weight * node.prediction());
  }

  private static Dataset<Row> points(Dataset<Row> examples, UnaryOperator<Column> as) {
    Column[] numbers =
        Arrays.stream(Behaviour.values())
            .map(each -> as.apply(col(each.column())))
            .toArray(Column[]::new);
    return examples.select(array_to_vector(array(numbers)).as(POINT), col(LABEL));
  }
}
