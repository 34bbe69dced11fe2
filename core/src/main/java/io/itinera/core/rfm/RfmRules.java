package io.itinera.core.rfm;

import io.itinera.core.rule.OrderClasses;
import java.util.List;

/**
 * How customers are scored by recency, frequency and monetary value.
 *
 * @param windowDays orders of this many days up to as_of count, as_of included
 * @param scoring equal-sized by value, or fixed bounds
 * @param recencyBounds for {@code THRESHOLDS}: largest recency in days of scores 5, 4, 3, 2
 * @param frequencyBounds for {@code THRESHOLDS}: smallest frequency of scores 2, 3, 4, 5
 * @param monetaryBounds for {@code THRESHOLDS}: smallest monetary value of scores 2, 3, 4, 5
 * @param grid segments by R and F score; covers each of the 25 cells exactly once
 * @param classes classes by recency and frequency
 */
public record RfmRules(
    int windowDays,
    Scoring scoring,
    List<Double> recencyBounds,
    List<Double> frequencyBounds,
    List<Double> monetaryBounds,
    List<Cell> grid,
    OrderClasses classes) {

  /** How values become scores. */
  public enum Scoring {
    QUINTILES,
    THRESHOLDS
  }

  /**
   * A rectangle of the grid.
   *
   * @param segment name of the segment
   * @param fromR smallest R score
   * @param toR largest R score
   * @param fromF smallest F score
   * @param toF largest F score
   */
  public record Cell(String segment, int fromR, int toR, int fromF, int toF) {}

  public RfmRules {
    recencyBounds = List.copyOf(recencyBounds);
    frequencyBounds = List.copyOf(frequencyBounds);
    monetaryBounds = List.copyOf(monetaryBounds);
    grid = List.copyOf(grid);
    if (windowDays < 1) {
      throw new IllegalArgumentException("window-days must be at least 1, was " + windowDays);
    }
    requireEachCellOnce(grid);
  }

  private static void requireEachCellOnce(List<Cell> grid) {
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        int row = r;
        int column = f;
        List<String> segments =
            grid.stream()
                .filter(c -> c.fromR() <= row && row <= c.toR())
                .filter(c -> c.fromF() <= column && column <= c.toF())
                .map(Cell::segment)
                .toList();
        if (segments.size() != 1) {
          throw new IllegalArgumentException(
              "grid must cover each cell exactly once, but R%d F%d is in %s"
                  .formatted(row, column, segments.isEmpty() ? "no segment" : segments));
        }
      }
    }
  }
}
