package io.itinera.core.offer;

import java.io.Serializable;

/**
 * Places customers by the places of products, or products by those of customers: where the
 * preference for what belongs together is nearest to 1, and for all else to 0, the former weighing
 * 1 + α (Hu, Koren and Volinsky, Collaborative Filtering for Implicit Feedback Datasets, 2008).
 */
final class Placing implements Serializable {

  private static final long serialVersionUID = 1;

  private final double[][] others;
  private final double[][] all;
  private final AlsRules rules;

  /**
   * @param others places that stay where they are
   */
  Placing(double[][] others, AlsRules rules) {
    this.others = others;
    this.rules = rules;
    this.all = new double[rules.rank()][rules.rank()];
    for (double[] other : others) {
      add(other, 1, all);
    }
  }

  /** The place of what belongs together with these; the middle if with none. */
  double[] of(int[] those) {
    double[] wanted = new double[rules.rank()];
    if (those.length == 0) {
      return wanted;
    }
    double[][] sum = new double[rules.rank()][];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = all[i].clone();
      sum[i][i] += rules.regularisation() * those.length;
    }
    for (int each : those) {
      add(others[each], rules.alpha(), sum);
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] += (1 + rules.alpha()) * others[each][i];
      }
    }
    solve(sum, wanted);
    return wanted;
  }

  /** Half of the sum of outer products: they are symmetric. */
  private static void add(double[] place, double weight, double[][] sum) {
    for (int i = 0; i < place.length; i++) {
      double weighed = weight * place[i];
      for (int j = 0; j <= i; j++) {
        sum[i][j] += weighed * place[j];
      }
    }
  }

  /**
   * Solves by Cholesky's factors, which take the place of {@code matrix}, as the solution does that
   * of {@code vector}.
   */
  private static void solve(double[][] matrix, double[] vector) {
    int size = vector.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(rest) : rest / matrix[j][j];
      }
    }
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        vector[i] -= matrix[i][k] * vector[k];
      }
      vector[i] /= matrix[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        vector[i] -= matrix[k][i] * vector[k];
      }
      vector[i] /= matrix[i][i];
    }
  }
}
