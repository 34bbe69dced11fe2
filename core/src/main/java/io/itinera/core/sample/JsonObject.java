package io.itinera.core.sample;

import java.util.List;

/** A JSON object while it is written; nulls are left out, as the vendors' exports do. */
final class JsonObject {

  private final StringBuilder out = new StringBuilder(128).append('{');

  JsonObject text(String key, String value) {
    if (value != null) {
      key(key).append('"');
      escape(value);
      out.append('"');
    }
    return this;
  }

  /** A number, {@code true} or {@code false}, written as it is. */
  JsonObject literal(String key, String value) {
    key(key).append(value);
    return this;
  }

  JsonObject object(String key, JsonObject value) {
    key(key).append(value.out).append('}');
    return this;
  }

  JsonObject array(String key, List<JsonObject> values) {
    key(key).append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",").append(values.get(i).out).append('}');
    }
    out.append(']');
    return this;
  }

  /** The finished object. */
  String end() {
    return out + "}";
  }

  private StringBuilder key(String key) {
    if (out.length() > 1) {
      out.append(',');
    }
    return out.append('"').append(key).append("\":");
  }

  private void escape(String value) {
    if (value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
      out.append(value);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        out.append('\\');
      }
      out.append(next);
    }
  }
}
