package io.itinera.jobs.report;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Values as JSON that may stand in a page: nothing in it can end a script or begin a tag. */
final class Json {

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_ASCII = 0x7e;

  private Json() {}

  /** Maps, collections, texts, numbers, truth values and null as JSON, of ASCII alone. */
  static String of(Object value) {
    StringBuilder json = new StringBuilder();
    append(value, json);
    return json.toString();
  }

  private static void append(Object value, StringBuilder json) {
    if (value instanceof Map<?, ?> map) {
      appendMap(map, json);
    } else if (value instanceof Collection<?> list) {
      appendList(list, json);
    } else if (value instanceof BigDecimal number) {
      json.append(number.toPlainString());
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      appendText(value.toString(), json);
    }
  }

  private static void appendMap(Map<?, ?> map, StringBuilder json) {
    String comma = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.append(comma);
      appendText(entry.getKey().toString(), json);
      json.append(':');
      append(entry.getValue(), json);
      comma = ",";
    }
    json.append(map.isEmpty() ? "{}" : "}");
  }

  private static void appendList(Collection<?> list, StringBuilder json) {
    json.append('[');
    for (Iterator<?> values = list.iterator(); values.hasNext(); ) {
      append(values.next(), json);
      json.append(values.hasNext() ? "," : "");
    }
    json.append(']');
  }

  private static void appendText(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < FIRST_PRINTABLE || letter > LAST_ASCII || "\"\\<>&'".indexOf(letter) >= 0) {
        json.append("\\u%04x".formatted((int) letter));
      } else {
        json.append(letter);
      }
    }
    json.append('"');
  }
}
