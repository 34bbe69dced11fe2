package io.itinera.jobs.config;

import io.itinera.core.rfm.RfmRules;
import io.itinera.core.rfm.RfmRules.Cell;
import io.itinera.core.rfm.RfmRules.Scoring;
import io.itinera.core.rule.OrderClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the settings below {@code itinera.rfm}. */
final class RfmReader {

  private static final int SCORES = 5;

  private static final SettingKind<Range> RANGE =
      new SettingKind<>(
          "a score from 1 to 5 or a range, such as 1-2",
          new Range(1, SCORES),
          value -> Range.of(SettingKind.TEXT.convert().apply(value)));

  private RfmReader() {}

  static RfmRules read(Settings rfm, OrderClasses classes) {
    Scoring scoring = rfm.get("scoring", SettingKind.choice(Scoring.class));
    Settings thresholds = rfm.section("thresholds");
    return new RfmRules(
        rfm.get("window", SettingKind.days(1)),
        scoring,
        bounds(thresholds, "recency", Comparator.naturalOrder()),
        bounds(thresholds, "frequency", Comparator.naturalOrder()),
        bounds(thresholds, "monetary", Comparator.naturalOrder()),
        grid(rfm),
        classes);
  }

  private static List<Double> bounds(Settings thresholds, String key, Comparator<Double> order) {
    List<Double> bounds = thresholds.list(key, SettingKind.decimal(-1e12, 1e12));
    boolean rising = bounds.stream().sorted(order).distinct().toList().equals(bounds);
    if (bounds.size() != SCORES - 1 || !rising) {
      thresholds.refuse(key + " must be four rising numbers, was " + bounds);
    }
    return bounds;
  }

  private static List<Cell> grid(Settings rfm) {
    List<Cell> cells = new ArrayList<>();
    for (Settings segment : rfm.sections("grid")) {
      Range r = segment.get("r", RANGE);
      Range f = segment.get("f", RANGE);
      cells.add(
          new Cell(segment.get("segment", SettingKind.NAME), r.from(), r.to(), f.from(), f.to()));
    }
    for (int r = 1; r <= SCORES; r++) {
      for (int f = 1; f <= SCORES; f++) {
        requireOnce(rfm, cells, r, f);
      }
    }
    return cells;
  }

  private static void requireOnce(Settings rfm, List<Cell> cells, int r, int f) {
    List<String> segments =
        cells.stream()
            .filter(cell -> cell.fromR() <= r && r <= cell.toR())
            .filter(cell -> cell.fromF() <= f && f <= cell.toF())
            .map(Cell::segment)
            .toList();
    if (segments.size() != 1) {
      rfm.refuse(
          "the grid must cover each cell exactly once, but R%d F%d is in %s"
              .formatted(r, f, segments.isEmpty() ? "no segment" : String.join(" and ", segments)));
    }
  }

  /** Scores from one to the other, both included. */
  private record Range(int from, int to) {

    static Range of(String text) {
      if (!text.matches("[1-5]|[1-5]\\s*-\\s*[1-5]")) {
        throw new IllegalArgumentException("must be a score from 1 to 5 or a range, such as 1-2");
      }
      Range range = new Range(text.charAt(0) - '0', text.charAt(text.length() - 1) - '0');
      if (range.from > range.to) {
        throw new IllegalArgumentException("must not decrease, such as 1-2");
      }
      return range;
    }
  }
}
