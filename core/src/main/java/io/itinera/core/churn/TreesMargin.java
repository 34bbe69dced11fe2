package io.itinera.core.churn;

import java.util.List;

/**
 * The sum of what small trees of decisions say.
 *
 * @param trees their roots
 */
record TreesMargin(List<Decision> trees) implements Margin {

  TreesMargin {
    trees = List.copyOf(trees);
  }

  @Override
  public double of(double[] customer) {
    double sum = 0;
    for (Decision tree : trees) {
      sum += tree.of(customer);
    }
    return sum;
  }
}
