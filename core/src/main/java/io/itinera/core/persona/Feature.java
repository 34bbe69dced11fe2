package io.itinera.core.persona;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a feature of customers is computed.
 *
 * @param over what it is computed over
 * @param sql Spark SQL over the {@link FeatureTable#columns()}: an aggregate where a customer has
 *     many rows, else a plain expression
 * @param madeBy what rows of that table are made by, if they may change while days do not; else
 *     empty
 */
public record Feature(FeatureTable over, String sql, String madeBy) {

  /** Over a table whose rows only change where those of {@code customer_days} do. */
  public static Feature over(FeatureTable over, String sql) {
    return new Feature(over, sql, "");
  }

  /** Features of these names, each an aggregate over {@code customer_days}. */
  public static Map<String, Feature> overDays(Map<String, String> features) {
    return features.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> over(FeatureTable.CUSTOMER_DAYS, each.getValue())));
  }

  /** What is told of the column in {@code customer_features}. */
  String comment() {
    return over == FeatureTable.CUSTOMER_DAYS ? sql : "%s over %s".formatted(sql, over.text());
  }
}
