package io.itinera.core.persona;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import scala.collection.Seq;

/**
 * How near customers are to the centre of their cluster: a function that Spark calls for each.
 *
 * @param fit all clusters
 */
record MeasureNearness(Fit fit) implements UDF2<Seq<Double>, Integer, Row> {

  /**
   * The distance to the own centre, and the confidence: 1 − nearest ÷ second nearest; 1 where there
   * is one persona, 0 half way between two. In a mixture it is the share of the own one.
   *
   * @param scaled the customer's features, scaled
   * @param cluster number of the own centre
   */
  @Override
  public Row call(Seq<Double> scaled, Integer cluster) {
    double[] point = new double[scaled.length()];
    for (int i = 0; i < point.length; i++) {
      point[i] = scaled.apply(i);
    }
    List<double[]> centers = fit.centers();
    double own = distance(point, centers.get(cluster));
    if (fit.isMixture()) {
      return RowFactory.create(own, fit.shares(point)[cluster]);
    }
    double second = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centers.size(); i++) {
      if (i != cluster) {
        second = Math.min(second, distance(point, centers.get(i)));
      }
    }
    return RowFactory.create(own, confidence(own, second));
  }

  private double confidence(double own, double second) {
    if (fit.centers().size() == 1) {
      return 1;
    }
    return second == 0 ? 0 : Math.max(0, 1 - own / second);
  }

  private static double distance(double[] point, double[] center) {
    double squares = 0;
    for (int i = 0; i < point.length; i++) {
      double apart = point[i] - center[i];
      squares += apart * apart;
    }
    return Math.sqrt(squares);
  }
}
