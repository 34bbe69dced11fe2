package io.itinera.core.attribution;

import java.util.Arrays;

/**
 * Probabilities to be absorbed by a conversion, from each state of a chain whose every state leads
 * to an end. Few states are solved by elimination, many by Gauss–Seidel sweeps until nothing
 * changes any more, which for such chains always comes.
 */
final class SparseChain {

  private static final int FEW = 256;
  private static final int MOST_SWEEPS = 1_000_000;
  private static final double NO_CHANGE = 1e-16;

  private final int[][] nexts;
  private final double[][] probabilities;
  private final int[] sizes;
  private final double[] converts;

  SparseChain(int states) {
    nexts = new int[states][4];
    probabilities = new double[states][4];
    sizes = new int[states];
    converts = new double[states];
  }

  void converts(int state, double probability) {
    converts[state] += probability;
  }

  void goes(int from, int to, double probability) {
    int size = sizes[from];
    if (size == nexts[from].length) {
      nexts[from] = Arrays.copyOf(nexts[from], 2 * size);
      probabilities[from] = Arrays.copyOf(probabilities[from], 2 * size);
    }
    nexts[from][size] = to;
    probabilities[from][size] = probability;
    sizes[from]++;
  }

  /**
   * The probability of each state.
   *
   * @param isOut states that lead nowhere
   */
  double[] conversions(boolean... isOut) {
    return converts.length <= FEW ? eliminated(isOut) : swept(isOut);
  }

  private double[] eliminated(boolean... isOut) {
    int size = converts.length;
    double[][] rows = new double[size][size + 1];
    for (int state = 0; state < size; state++) {
      rows[state][state] = 1;
      if (!isOut[state]) {
        rows[state][size] = converts[state];
        for (int i = 0; i < sizes[state]; i++) {
          rows[state][nexts[state][i]] -= probabilities[state][i];
        }
      }
    }
    for (int pivot = 0; pivot < size; pivot++) {
      eliminate(rows, pivot);
    }
    return substituted(rows);
  }

  private static void eliminate(double[][] rows, int pivot) {
    int best = pivot;
    for (int row = pivot + 1; row < rows.length; row++) {
      if (Math.abs(rows[row][pivot]) > Math.abs(rows[best][pivot])) {
        best = row;
      }
    }
    double[] swapped = rows[best];
    rows[best] = rows[pivot];
    rows[pivot] = swapped;
    for (int row = pivot + 1; row < rows.length; row++) {
      double factor = rows[row][pivot] / swapped[pivot];
      if (factor != 0) {
        for (int column = pivot; column < swapped.length; column++) {
          rows[row][column] -= factor * swapped[column];
        }
      }
    }
  }

  private static double[] substituted(double[][] rows) {
    double[] solution = new double[rows.length];
    for (int row = rows.length - 1; row >= 0; row--) {
      double value = rows[row][rows.length];
      for (int column = row + 1; column < rows.length; column++) {
        value -= rows[row][column] * solution[column];
      }
      solution[row] = value / rows[row][row];
    }
    return solution;
  }

  private double[] swept(boolean... isOut) {
    double[] solution = new double[converts.length];
    double change = 1;
    for (int sweep = 0; sweep < MOST_SWEEPS && change > NO_CHANGE; sweep++) {
      change = 0;
      for (int state = converts.length - 1; state >= 0; state--) {
        double value = isOut[state] ? 0 : value(state, solution);
        change = Math.max(change, Math.abs(value - solution[state]));
        solution[state] = value;
      }
    }
    return solution;
  }

  private double value(int state, double... solution) {
    double value = converts[state];
    double leaves = 1;
    for (int i = 0; i < sizes[state]; i++) {
      if (nexts[state][i] == state) {
        leaves -= probabilities[state][i];
      } else {
        value += probabilities[state][i] * solution[nexts[state][i]];
      }
    }
    return value / leaves;
  }
}
