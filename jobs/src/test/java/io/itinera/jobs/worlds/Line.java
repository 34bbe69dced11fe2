package io.itinera.jobs.worlds;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as it stands in a raw file.
 *
 * @param id by which the world knows it; whether the file holds it is the source's affair
 * @param fields texts by column, in the order of the columns
 */
record Line(String id, Map<String, String> fields) {

  /** Of names and texts in turn. */
  static Line of(String id, String... fields) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      named.put(fields[i], fields[i + 1]);
    }
    return new Line(id, named);
  }

  /** The same fields under another id. */
  Line as(String otherId) {
    return new Line(otherId, fields);
  }

  String get(String column) {
    return fields.get(column);
  }

  Line with(String column, String text) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.put(column, text);
    return new Line(id, changed);
  }
}
