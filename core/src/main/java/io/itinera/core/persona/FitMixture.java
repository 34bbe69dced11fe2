package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.List;

/**
 * A mixture of Gaussians with features independent within each, over points in memory: expectation
 * maximisation (Dempster, Laird and Rubin, 1977) from the groups of k-means. No order but that of
 * the points and no randomness but the seed's decides.
 *
 * <p>No variance falls below {@value #LEAST_VARIANCE}: of customers who all have nothing of a
 * feature the likelihood would grow without end, and draw groups to them.
 */
final class FitMixture {

  // Of scaled features, whose variance over all customers is 1 or less.
  static final double LEAST_VARIANCE = 0.1;
  private static final int ITERATIONS = 100;
  // Of the mean log-likelihood of a point.
  private static final double STANDING_STILL = 1e-6;
  // A group that lost everybody stays where it is.
  private static final double LEAST_MEMBERS = 1e-6;

  private final List<double[]> points;

  private FitMixture(List<double[]> points) {
    this.points = points;
  }

  /** At most {@code size} groups; fewer where there are no more different points. */
  static Fit of(List<double[]> points, int size, long seed) {
    return from(points, FindCenters.of(points, size, seed));
  }

  /** As many groups as there are {@code centers}. */
  static Fit from(List<double[]> points, List<double[]> centers) {
    FitMixture search = new FitMixture(points);
    Fit fit = search.start(centers);
    double[][] shares = new double[points.size()][];
    double likelihood = fit.logLikelihood(points, shares);
    double gain = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ITERATIONS && gain > STANDING_STILL * points.size(); i++) {
      fit = search.moved(fit, shares);
      double then = fit.logLikelihood(points, shares);
      gain = then - likelihood;
      likelihood = then;
    }
    return fit;
  }

  /** Everybody belongs to the nearest centre alone. */
  private Fit start(List<double[]> centers) {
    int[] groups = FindCenters.groups(points, centers);
    double[][] shares = new double[groups.length][centers.size()];
    for (int i = 0; i < groups.length; i++) {
      shares[i][groups[i]] = 1;
    }
    return moved(Fit.of(centers), shares);
  }

  /** The mixture that is the likeliest if points belong to groups by {@code shares}. */
  private Fit moved(Fit fit, double[][] shares) {
    List<double[]> centers = new ArrayList<>();
    List<Spread> spreads = new ArrayList<>();
    for (int group = 0; group < fit.centers().size(); group++) {
      double members = 0;
      for (double[] each : shares) {
        members += each[group];
      }
      double[] center = fit.centers().get(group);
      if (members > LEAST_MEMBERS) {
        center = middle(shares, group, members);
      }
      members = Math.max(members, LEAST_MEMBERS);
      centers.add(center);
      spreads.add(new Spread(members / points.size(), variances(center, shares, group, members)));
    }
    return new Fit(centers, spreads);
  }

  private double[] middle(double[][] shares, int group, double members) {
    double[] middle = new double[points.get(0).length];
    for (int i = 0; i < shares.length; i++) {
      for (int j = 0; j < middle.length; j++) {
        middle[j] += shares[i][group] * points.get(i)[j] / members;
      }
    }
    return middle;
  }

  private List<Double> variances(double[] center, double[][] shares, int group, double members) {
    double[] squares = new double[center.length];
    for (int i = 0; i < shares.length; i++) {
      for (int j = 0; j < center.length; j++) {
        double apart = points.get(i)[j] - center[j];
        squares[j] += shares[i][group] * apart * apart;
      }
    }
    List<Double> variances = new ArrayList<>();
    for (double each : squares) {
      variances.add(Math.max(LEAST_VARIANCE, each / members));
    }
    return variances;
  }
}
