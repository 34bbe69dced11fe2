package io.itinera.jobs.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the script of a page draws a figure.
 *
 * @param kind the function of {@code drawings.js} that draws it; empty, and only the table is shown
 * @param roles what each column is in the drawing, by the names that the function knows
 */
public record Drawing(String kind, Map<String, List<String>> roles) {

  /** Only a table. */
  static final Drawing NONE = new Drawing("", Map.of());

  /** Flows from step to step; of rows as {@link Flows} asks for them. */
  static final Drawing FLOWS = new Drawing("flows", Map.of());

  /** Which step follows which. */
  static final Drawing NETWORK = new Drawing("network", Map.of());

  /** Bars for each category, one beside the other for each of {@code values}. */
  static Drawing bars(String category, String... values) {
    return new Drawing("bars", roles("category", List.of(category), "values", List.of(values)));
  }

  /** Bars for each category, {@code values} as their parts. */
  static Drawing parts(String category, String... values) {
    return new Drawing("parts", roles("category", List.of(category), "values", List.of(values)));
  }

  /** A column for each day, made of a part for each of {@code series}. */
  static Drawing daily(String day, String series, String value) {
    return new Drawing(
        "daily", roles("day", List.of(day), "series", List.of(series), "values", List.of(value)));
  }

  /** A field of cells, the darker the greater. */
  static Drawing grid(String across, String down, String value) {
    return new Drawing(
        "grid", roles("across", List.of(across), "down", List.of(down), "values", List.of(value)));
  }

  /** A table of cells with headings in two levels at its side; a chosen cell tells all columns. */
  static Drawing matrix(List<String> down, String across, String value) {
    return new Drawing(
        "matrix", roles("down", down, "across", List.of(across), "values", List.of(value)));
  }

  /** A line of dots for each of {@code lane}, in time. */
  static Drawing timeline(String who, String time, String lane, String size) {
    Map<String, List<String>> roles =
        roles("who", List.of(who), "time", List.of(time), "lane", List.of(lane));
    roles.put("values", List.of(size));
    return new Drawing("timeline", roles);
  }

  /** Whether there is something beside the table. */
  public boolean isDrawn() {
    return !kind.isEmpty();
  }

  private static Map<String, List<String>> roles(Object... namesAndColumns) {
    Map<String, List<String>> roles = new LinkedHashMap<>();
    for (int i = 0; i < namesAndColumns.length; i += 2) {
      @SuppressWarnings("unchecked") // Only this class calls it, with names and lists in turn.
      List<String> columns = (List<String>) namesAndColumns[i + 1];
      roles.put((String) namesAndColumns[i], columns);
    }
    return roles;
  }
}
