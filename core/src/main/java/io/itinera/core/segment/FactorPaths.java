package io.itinera.core.segment;

import io.itinera.core.persona.FindCenters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Non-negative factors: each row of shares is nearly a sum of a few parts, none of which takes
 * anything away (V ≈ W H; multiplicative updates for the squared distance of Lee and Seung,
 * Algorithms for Non-negative Matrix Factorization, 2001). The parts begin as the centres of
 * k-means, so that chance has no say but in those.
 */
final class FactorPaths {

  private static final int ITERATIONS = 200;

  /** Cells that begin at zero would stay there. */
  private static final double LEAST = 1e-4;

  private static final int SWEEPS = 200;
  private static final double STANDING_STILL = 1e-12;

  private FactorPaths() {}

  /**
   * The parts, the cells of each of which add up to 1.
   *
   * @param rows none of them negative; as many different ones as parts, at least
   */
  static List<double[]> parts(List<double[]> rows, int size, long seed) {
    List<double[]> centers = FindCenters.of(rows, size, seed);
    double[][] parts =
        centers.stream()
            .map(center -> Arrays.stream(center).map(x -> Math.max(x, 0) + LEAST).toArray())
            .toArray(double[][]::new);
    double[][] v = rows.toArray(double[][]::new);
    double[][] weights = new double[v.length][parts.length];
    for (double[] row : weights) {
      Arrays.fill(row, 1.0 / parts.length);
    }
    for (int i = 0; i < ITERATIONS; i++) {
      weigh(v, weights, parts);
      shape(v, weights, parts);
    }
    List<double[]> whole = new ArrayList<>();
    for (double[] part : parts) {
      double sum = Arrays.stream(part).sum();
      whole.add(Arrays.stream(part).map(x -> sum == 0 ? 0 : x / sum).toArray());
    }
    return whole;
  }

  /** W ← W ∘ (V Hᵀ) ÷ (W H Hᵀ). */
  private static void weigh(double[][] v, double[][] weights, double[][] parts) {
    double[][] alike = alike(parts);
    for (int row = 0; row < v.length; row++) {
      double[] before = weights[row].clone();
      for (int part = 0; part < parts.length; part++) {
        weights[row][part] *= ratio(product(v[row], parts[part]), product(before, alike[part]));
      }
    }
  }

  /** H ← H ∘ (Wᵀ V) ÷ (Wᵀ W H). */
  private static void shape(double[][] v, double[][] weights, double[][] parts) {
    int columns = v[0].length;
    double[][] above = new double[parts.length][columns];
    double[][] squares = new double[parts.length][parts.length];
    for (int row = 0; row < v.length; row++) {
      for (int part = 0; part < parts.length; part++) {
        double weight = weights[row][part];
        for (int column = 0; column < columns; column++) {
          above[part][column] += weight * v[row][column];
        }
        for (int other = 0; other < parts.length; other++) {
          squares[part][other] += weight * weights[row][other];
        }
      }
    }
    double[][] before = Arrays.stream(parts).map(double[]::clone).toArray(double[][]::new);
    for (int part = 0; part < parts.length; part++) {
      for (int column = 0; column < columns; column++) {
        double below = 0;
        for (int other = 0; other < parts.length; other++) {
          below += squares[part][other] * before[other][column];
        }
        parts[part][column] *= ratio(above[part][column], below);
      }
    }
  }

  private static double ratio(double above, double below) {
    return below == 0 ? 0 : above / below;
  }

  private static double[][] alike(double[][] parts) {
    double[][] alike = new double[parts.length][parts.length];
    for (int i = 0; i < parts.length; i++) {
      for (int j = 0; j < parts.length; j++) {
        alike[i][j] = product(parts[i], parts[j]);
      }
    }
    return alike;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * How much of each part is in {@code row}: the weights, none negative, with which the parts come
   * nearest to it (least squares, one weight after the other until none moves).
   */
  static double[] weights(double[] row, List<double[]> parts) {
    double[][] alike = alike(parts.toArray(double[][]::new));
    double[] weights = new double[parts.size()];
    double moved = 1;
    for (int sweep = 0; sweep < SWEEPS && moved > STANDING_STILL; sweep++) {
      moved = 0;
      for (int part = 0; part < weights.length; part++) {
        if (alike[part][part] > 0) {
          double gain = product(row, parts.get(part)) - product(weights, alike[part]);
          double weight = Math.max(0, weights[part] + gain / alike[part][part]);
          moved = Math.max(moved, Math.abs(weight - weights[part]));
          weights[part] = weight;
        }
      }
    }
    return weights;
  }
}
