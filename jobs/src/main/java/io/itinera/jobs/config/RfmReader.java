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

  private static final Range ANY = new Range(1, SCORES);

  private static final SettingKind<Range> RANGE =
      new SettingKind<>(
          "a score from 1 to 5 or a range, such as 1-2",
          ANY,
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
      Range m = segment.find("m", RANGE).orElse(ANY);
      String name = segment.get("segment", SettingKind.NAME);
      cells.add(new Cell(name, r.from(), r.to(), f.from(), f.to(), m.from(), m.to()));
    }
    RfmRules.faults(cells).forEach(rfm::refuse);
    return cells;
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
