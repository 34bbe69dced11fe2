package io.itinera.jobs.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/**
 * A sum and what it is made of, as text: each part's bar begins where the one above ends.
 *
 * @param parts name to what it adds, in any order
 */
public record Waterfall(Map<String, Double> parts) {

  private static final int WIDTH = 40;
  private static final String TOTAL = "total";

  public Waterfall {
    parts = Map.copyOf(parts);
  }

  /** A line for each part, those in brackets first, then the largest; and one for the sum. */
  public List<String> lines() {
    List<Entry<String, Double>> order =
        parts.entrySet().stream()
            .sorted(
                Comparator.comparing((Entry<String, Double> part) -> !part.getKey().startsWith("("))
                    .thenComparing(part -> -Math.abs(part.getValue()))
                    .thenComparing(Entry::getKey))
            .toList();
    double least = 0;
    double most = 0;
    double sum = 0;
    for (Entry<String, Double> part : order) {
      sum += part.getValue();
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
    Scale scale = new Scale(least, most);
    int names = parts.keySet().stream().mapToInt(String::length).reduce(TOTAL.length(), Math::max);
    List<String> lines = new ArrayList<>();
    double before = 0;
    for (Entry<String, Double> part : order) {
      double after = before + part.getValue();
      String bar = (part.getValue() < 0 ? "-" : "+").repeat(scale.length(before, after));
      lines.add(line(part.getKey(), names, part.getValue(), scale.indent(before, after) + bar));
      before = after;
    }
    lines.add(line(TOTAL, names, sum, scale.indent(0, sum) + "=".repeat(scale.length(0, sum))));
    return lines;
  }

  private static String line(String name, int width, double value, String bar) {
    return String.format(Locale.ROOT, "%-" + width + "s %+8.2f  %s", name, value, bar);
  }

  /** Where values stand on a line of text. */
  private record Scale(double least, double most) {

    String indent(double from, double to) {
      return " ".repeat(place(Math.min(from, to)));
    }

    int length(double from, double to) {
      return Math.max(1, Math.abs(place(to) - place(from)));
    }

    private int place(double value) {
      return most == least ? 0 : (int) Math.round(WIDTH * (value - least) / (most - least));
    }
  }
}
