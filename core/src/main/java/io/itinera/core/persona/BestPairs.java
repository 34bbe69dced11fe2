package io.itinera.core.persona;

import java.util.Arrays;

/**
 * Pairs rows with columns so that the costs add up to the least (the Hungarian algorithm of Kuhn
 * and Munkres, with potentials, in O(n³)).
 */
final class BestPairs {

  private final double[][] costs;
  private final double[] rowPotential;
  private final double[] columnPotential;

  /** Per column its row. Rows and columns count from 1 here; 0 is "none". */
  private final int[] rowOf;

  private BestPairs(double[][] costs, int columns) {
    this.costs = costs;
    this.rowPotential = new double[costs.length + 1];
    this.columnPotential = new double[columns + 1];
    this.rowOf = new int[columns + 1];
  }

  /**
   * Per row its column, or −1 where staying alone costs no more.
   *
   * @param costs one array per row, all of one length
   * @param alone cost of a row without a column; no pair costs more
   */
  static int[] of(double[][] costs, double alone) {
    int rows = costs.length;
    int columns = rows == 0 ? 0 : costs[0].length;
    // One more column per row stands for staying alone, so rows never outnumber columns.
    double[][] padded = new double[rows][columns + rows];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(padded[row], alone);
      for (int column = 0; column < columns; column++) {
        padded[row][column] = costs[row][column] <= alone ? costs[row][column] : alone * 2 + 1;
      }
    }
    int[] partners = new BestPairs(padded, columns + rows).assign();
    for (int row = 0; row < rows; row++) {
      partners[row] = partners[row] < columns ? partners[row] : -1;
    }
    return partners;
  }

  private int[] assign() {
    for (int row = 1; row <= costs.length; row++) {
      augment(row);
    }
    int[] columnOf = new int[costs.length];
    for (int column = 1; column < rowOf.length; column++) {
      if (rowOf[column] > 0) {
        columnOf[rowOf[column] - 1] = column - 1;
      }
    }
    return columnOf;
  }

  /** Finds the cheapest alternating path from {@code row} to a free column and flips it. */
  private void augment(int row) {
    int columns = rowOf.length - 1;
    double[] least = new double[columns + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    boolean[] visited = new boolean[columns + 1];
    int[] cameFrom = new int[columns + 1];
    rowOf[0] = row;
    int at = 0;
    while (rowOf[at] != 0) {
      visited[at] = true;
      int next = 0;
      for (int column = 1; column <= columns; column++) {
        if (visited[column]) {
          continue;
        }
        double reduced =
            costs[rowOf[at] - 1][column - 1] - rowPotential[rowOf[at]] - columnPotential[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          cameFrom[column] = at;
        }
        next = next == 0 || least[column] < least[next] ? column : next;
      }
      shift(least[next], least, visited);
      at = next;
    }
    flip(at, cameFrom);
  }

  private void shift(double by, double[] least, boolean[] visited) {
    for (int column = 0; column < least.length; column++) {
      if (visited[column]) {
        rowPotential[rowOf[column]] += by;
        columnPotential[column] -= by;
      } else {
        least[column] -= by;
      }
    }
  }

  private void flip(int from, int[] cameFrom) {
    int at = from;
    while (at != 0) {
      rowOf[at] = rowOf[cameFrom[at]];
      at = cameFrom[at];
    }
  }
}
