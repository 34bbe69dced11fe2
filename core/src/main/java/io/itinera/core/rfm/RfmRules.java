package io.itinera.core.rfm;

import io.itinera.core.rule.OrderClasses;
import java.util.ArrayList;
import java.util.List;

/**
 * How customers are scored by recency, frequency and monetary value.
 *
 * @param windowDays orders of this many days up to as_of count, as_of included
 * @param scoring equal-sized by value, or fixed bounds
 * @param recencyBounds for {@code THRESHOLDS}: largest recency in days of scores 5, 4, 3, 2
 * @param frequencyBounds for {@code THRESHOLDS}: smallest frequency of scores 2, 3, 4, 5
 * @param monetaryBounds for {@code THRESHOLDS}: smallest monetary value of scores 2, 3, 4, 5
 * @param grid segments by R and F score, or by R, F and M score; covers each of the 25, or 125,
 *     cells exactly once
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

  private static final int SCORES = 5;

  /**
   * A rectangle of the grid, or a block.
   *
   * @param segment name of the segment
   * @param fromR smallest R score
   * @param toR largest R score
   * @param fromF smallest F score
   * @param toF largest F score
   * @param fromM smallest M score
   * @param toM largest M score
   */
  public record Cell(String segment, int fromR, int toR, int fromF, int toF, int fromM, int toM) {

    /** Of any M score. */
    public Cell(String segment, int fromR, int toR, int fromF, int toF) {
      this(segment, fromR, toR, fromF, toF, 1, SCORES);
    }

    private boolean has(int r, int f, int m) {
      return fromR <= r && r <= toR && fromF <= f && f <= toF && fromM <= m && m <= toM;
    }

    private boolean isOfSomeM() {
      return fromM > 1 || toM < SCORES;
    }
  }

  public RfmRules {
    recencyBounds = List.copyOf(recencyBounds);
    frequencyBounds = List.copyOf(frequencyBounds);
    monetaryBounds = List.copyOf(monetaryBounds);
    grid = List.copyOf(grid);
    if (windowDays < 1) {
      throw new IllegalArgumentException("window-days must be at least 1, was " + windowDays);
    }
    faults(grid).stream()
        .findFirst()
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /**
   * What is wrong with a grid: a sentence for each of its cells that is not in exactly one segment.
   */
  public static List<String> faults(List<Cell> grid) {
    boolean isOfM = grid.stream().anyMatch(Cell::isOfSomeM);
    List<String> faults = new ArrayList<>();
    for (int r = 1; r <= SCORES; r++) {
      for (int f = 1; f <= SCORES; f++) {
        for (int m = 1; m <= (isOfM ? SCORES : 1); m++) {
          List<String> segments = segments(grid, r, f, m);
          if (segments.size() != 1) {
            faults.add(
                "the grid must cover each cell exactly once, but R%d F%d%s is in %s"
                    .formatted(
                        r,
                        f,
                        isOfM ? " M" + m : "",
                        segments.isEmpty() ? "no segment" : String.join(" and ", segments)));
          }
        }
      }
    }
    return faults;
  }

  private static List<String> segments(List<Cell> grid, int r, int f, int m) {
    return grid.stream().filter(cell -> cell.has(r, f, m)).map(Cell::segment).toList();
  }
}
