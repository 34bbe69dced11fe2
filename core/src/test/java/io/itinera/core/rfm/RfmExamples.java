package io.itinera.core.rfm;

import io.itinera.core.rule.OrderClasses;
import java.util.List;

/** The rules that the product ships, for tests. */
final class RfmExamples {

  static final OrderClasses CLASSES = new OrderClasses(90, 365, 3, 6, 0.05);

  static final List<RfmRules.Cell> GRID =
      List.of(
          new RfmRules.Cell("hibernating", 1, 2, 1, 2),
          new RfmRules.Cell("at_risk", 1, 2, 3, 4),
          new RfmRules.Cell("cant_lose", 1, 2, 5, 5),
          new RfmRules.Cell("about_to_sleep", 3, 3, 1, 2),
          new RfmRules.Cell("need_attention", 3, 3, 3, 3),
          new RfmRules.Cell("loyal_customers", 3, 4, 4, 5),
          new RfmRules.Cell("promising", 4, 4, 1, 1),
          new RfmRules.Cell("new_customers", 5, 5, 1, 1),
          new RfmRules.Cell("potential_loyalists", 4, 5, 2, 3),
          new RfmRules.Cell("champions", 5, 5, 4, 5));

  private RfmExamples() {}

  static RfmRules quintiles(int windowDays) {
    return quintiles(windowDays, CLASSES);
  }

  static RfmRules quintiles(int windowDays, OrderClasses classes) {
    return new RfmRules(
        windowDays, RfmRules.Scoring.QUINTILES, List.of(), List.of(), List.of(), GRID, classes);
  }

  static RfmRules thresholds() {
    return new RfmRules(
        365,
        RfmRules.Scoring.THRESHOLDS,
        List.of(30.0, 90.0, 180.0, 270.0),
        List.of(2.0, 3.0, 5.0, 10.0),
        List.of(50.0, 100.0, 250.0, 999.5),
        GRID,
        CLASSES);
  }
}
