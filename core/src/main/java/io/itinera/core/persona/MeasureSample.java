package io.itinera.core.persona;

import io.itinera.core.persona.MeasurePersonas.Measures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures clusters among the customers that a training looked at, in memory and in their order.
 *
 * @param clusters per cluster its measures; one without customers lies at its centre
 * @param everybody all these customers
 */
record MeasureSample(List<Measures> clusters, Measures everybody) {

  private static final int EVERYBODY = -1;

  static MeasureSample of(Clusters found) {
    return new MeasureSample(
        java.util.stream.IntStream.range(0, found.fit().centers().size())
            .mapToObj(cluster -> measures(found, cluster))
            .toList(),
        measures(found, EVERYBODY));
  }

  private static Measures measures(Clusters found, int cluster) {
    int features = found.scaling().features().size();
    double[] sums = new double[features];
    double[] squares = new double[features];
    long customers = 0;
    for (int i = 0; i < found.groups().size(); i++) {
      if (cluster == EVERYBODY || found.groups().get(i) == cluster) {
        customers++;
        add(found.sample().get(i), sums);
      }
    }
    if (customers == 0) {
      Map<String, Double> center = found.scaling().unscaled(found.fit().centers().get(cluster));
      return new Measures(cluster, 0, center, found.scaling().named(squares), new TreeMap<>());
    }
    for (int feature = 0; feature < features; feature++) {
      sums[feature] /= customers;
    }
    for (int i = 0; i < found.groups().size(); i++) {
      if (cluster == EVERYBODY || found.groups().get(i) == cluster) {
        addSquares(found.sample().get(i), sums, squares);
      }
    }
    for (int feature = 0; feature < features; feature++) {
      squares[feature] = Math.sqrt(squares[feature] / customers);
    }
    return new Measures(
        cluster,
        customers,
        found.scaling().named(sums),
        found.scaling().named(squares),
        new TreeMap<>());
  }

  private static void add(double[] point, double[] sums) {
    for (int feature = 0; feature < sums.length; feature++) {
      sums[feature] += point[feature];
    }
  }

  private static void addSquares(double[] point, double[] means, double[] squares) {
    for (int feature = 0; feature < means.length; feature++) {
      squares[feature] += (point[feature] - means[feature]) * (point[feature] - means[feature]);
    }
  }
}
