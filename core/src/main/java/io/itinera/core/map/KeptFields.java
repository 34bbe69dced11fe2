package io.itinera.core.map;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties of touchpoints and attributes of profiles: those that are mapped, and fields that
 * nobody asked for, since a vendor's new column is kept before anybody has noticed it.
 */
final class KeptFields {

  private KeptFields() {}

  /**
   * {@code mapped} without what is empty, and with it what it lacks of {@code further} fields; null
   * if there are none.
   *
   * @param mapped null for none
   * @param further any may be null
   */
  @SafeVarargs
  static Map<String, String> in(Map<String, String> mapped, Map<String, String>... further) {
    Map<String, String> all = mapped == null ? null : filled(mapped);
    for (Map<String, String> fields : further) {
      if (fields != null && !fields.isEmpty()) {
        all = all == null ? new LinkedHashMap<>() : all == mapped ? new LinkedHashMap<>(all) : all;
        for (Map.Entry<String, String> field : fields.entrySet()) {
          all.putIfAbsent(field.getKey(), field.getValue());
        }
      }
    }
    return all;
  }

  private static Map<String, String> filled(Map<String, String> mapped) {
    boolean areFilled = true;
    for (String value : mapped.values()) {
      areFilled &= value != null && !value.isEmpty();
    }
    if (areFilled) {
      return mapped;
    }
    Map<String, String> filled = new LinkedHashMap<>();
    mapped.forEach(
        (name, value) -> {
          if (value != null && !value.isEmpty()) {
            filled.put(name, value);
          }
        });
    return filled;
  }
}
