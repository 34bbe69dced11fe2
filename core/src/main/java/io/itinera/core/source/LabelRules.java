package io.itinera.core.source;

import java.util.List;

/**
 * Ordered rules that name a touchpoint's marketing channel or lifecycle stage: the first whose
 * predicate holds gives the label.
 *
 * @param rules label and Spark SQL predicate over the columns of {@code touchpoints}, in order
 * @param otherwise label where no rule holds; null leaves the column empty
 */
public record LabelRules(List<Rule> rules, String otherwise) {

  /**
   * One rule.
   *
   * @param label what it gives
   * @param predicate Spark SQL predicate over the columns of {@code touchpoints}
   */
  public record Rule(String label, String predicate) {}

  public LabelRules {
    rules = List.copyOf(rules);
  }
}
