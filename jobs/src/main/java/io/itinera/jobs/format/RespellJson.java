package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Writes a record with its fields as its source spells them.
 *
 * <p>Of several spellings of one field in one object that with a value is taken; of several with a
 * value the source's own, else the first. What the others say is left over, and kept beside.
 */
final class RespellJson {

  private final LenientJson json;

  /** Fields that were left over, by their paths, as text. */
  private final Map<String, String> left = new HashMap<>();

  /** Names of the record's own fields that were taken for others. */
  private final Set<String> taken = new HashSet<>();

  RespellJson(LenientJson json) {
    this.json = json;
  }

  /** A value as JSON and as text; null text for nothing. */
  private record Value(String json, String text) {}

  /** The record, or whatever value it is, at which {@code parser} stands. */
  String value(JsonParser parser, FieldSpelling spelling) throws IOException {
    return value(parser, spelling, "").json();
  }

  /** Fields that are not among {@code other} yet, without those that were taken. */
  Map<String, String> others(Map<String, String> other) {
    Map<String, String> others = other == null ? new HashMap<>() : new HashMap<>(other);
    others.keySet().removeAll(taken);
    others.putAll(left);
    return others.isEmpty() ? null : others;
  }

  private Value value(JsonParser parser, FieldSpelling spelling, String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart() && !spelling.isFree()) {
      String text =
          token == JsonToken.START_ARRAY
              ? array(parser, spelling, path)
              : object(parser, spelling, path);
      return new Value(text, text);
    }
    String text = token == JsonToken.VALUE_NULL ? null : parser.getText();
    String copy = json.copyOf(parser);
    return new Value(copy, token.isStructStart() ? copy : text);
  }

  private String array(JsonParser parser, FieldSpelling spelling, String path) throws IOException {
    StringBuilder text = new StringBuilder("[");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text.append(text.length() > 1 ? "," : "").append(value(parser, spelling, path).json());
    }
    return text.append(']').toString();
  }

  private String object(JsonParser parser, FieldSpelling spelling, String path) throws IOException {
    Map<String, Value> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser, spelling.inside(name), path + spelling.of(name) + "."));
    }
    Map<String, String> best = new HashMap<>();
    values.keySet().forEach(name -> best.merge(spelling.of(name), name, better(spelling, values)));
    StringBuilder text = new StringBuilder("{");
    values.forEach(
        (name, value) -> {
          String spelt = spelling.of(name);
          Value chosen = values.get(best.get(spelt));
          if (best.get(spelt).equals(name)) {
            text.append(text.length() > 1 ? "," : "").append('"');
            text.append(JsonStringEncoder.getInstance().quoteAsString(spelt)).append("\":");
            text.append(value.json());
            if (path.isEmpty() && !spelt.equals(name)) {
              taken.add(name);
            }
          } else if (isFilled(value) && !value.equals(chosen)) {
            left.put(path + name, value.text());
          } else if (path.isEmpty()) {
            taken.add(name);
          }
        });
    return text.append('}').toString();
  }

  private static BinaryOperator<String> better(FieldSpelling spelling, Map<String, Value> values) {
    return (first, next) -> {
      boolean isFirstFilled = isFilled(values.get(first));
      if (isFirstFilled != isFilled(values.get(next))) {
        return isFirstFilled ? first : next;
      }
      return next.equals(spelling.of(next)) ? next : first;
    };
  }

  private static boolean isFilled(Value value) {
    return value.text() != null && !value.text().isBlank();
  }
}
