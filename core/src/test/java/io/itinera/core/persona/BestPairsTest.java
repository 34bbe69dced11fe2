package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BestPairsTest {

  @Test
  void theSumDecidesAndNotTheSinglePair() {
    double[][] costs = {{1, 2}, {1.5, 9}};

    assertThat(BestPairs.of(costs, 10)).containsExactly(1, 0);
  }

  @Test
  void whoIsFurtherThanTheLimitStaysAlone() {
    assertThat(BestPairs.of(new double[][] {{3}, {3.1}}, 3)).containsExactly(0, -1);
    assertThat(BestPairs.of(new double[][] {{}, {}}, 3)).containsExactly(-1, -1);
    assertThat(BestPairs.of(new double[0][0], 3)).isEmpty();
  }

  @RepeatedTest(50)
  void agreesWithTryingEverything(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[][] costs = new double[random.nextInt(5) + 1][random.nextInt(5)];
    for (double[] row : costs) {
      for (int column = 0; column < row.length; column++) {
        row[column] = random.nextDouble() * 2;
      }
    }

    assertThat(total(costs, BestPairs.of(costs, 1))).isCloseTo(best(costs, 0, 0), within(1e-9));
  }

  private static double total(double[][] costs, int[] partners) {
    double total = 0;
    for (int row = 0; row < costs.length; row++) {
      total += partners[row] < 0 ? 1 : costs[row][partners[row]];
    }
    return total;
  }

  private static double best(double[][] costs, int row, int taken) {
    if (row == costs.length) {
      return 0;
    }
    double best = 1 + best(costs, row + 1, taken);
    for (int column = 0; column < costs[row].length; column++) {
      boolean isFree = (taken & 1 << column) == 0;
      if (isFree && costs[row][column] <= 1) {
        best = Math.min(best, costs[row][column] + best(costs, row + 1, taken | 1 << column));
      }
    }
    return best;
  }
}
