package io.itinera.core.raw;

import java.util.LinkedHashMap;
import java.util.Map;

/** Fields that nobody asked for: a vendor's new column is kept before anybody has noticed it. */
final class KeptFields {

  private KeptFields() {}

  /**
   * {@code mapped}, and with it what it lacks of {@code further} fields; null if there are none.
   *
   * @param mapped null for none
   * @param further any may be null
   */
  @SafeVarargs
  static Map<String, String> in(Map<String, String> mapped, Map<String, String>... further) {
    Map<String, String> all = mapped;
    boolean isOwn = false;
    for (Map<String, String> fields : further) {
      if (fields == null || fields.isEmpty()) {
        continue;
      }
      if (!isOwn) {
        all = mapped == null ? new LinkedHashMap<>() : new LinkedHashMap<>(mapped);
        isOwn = true;
      }
      for (Map.Entry<String, String> field : fields.entrySet()) {
        if (!all.containsKey(field.getKey())) {
          all.put(field.getKey(), field.getValue());
        }
      }
    }
    return all;
  }
}
