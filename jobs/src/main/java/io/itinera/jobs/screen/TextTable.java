package io.itinera.jobs.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows as aligned text for a person to read. */
public final class TextTable {

  /** How a missing value is shown, so that it differs from an empty text. */
  static final String NULL = "NULL";

  private static final String GAP = "  ";
  private static final String CUT = "…";

  private final List<Heading> headings;
  private final int widest;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param name shown above it
   * @param numeric whether it is aligned to the right
   */
  public record Heading(String name, boolean numeric) {

    /** Of a column of texts. */
    public static Heading text(String name) {
      return new Heading(name, false);
    }

    /** Of a column of numbers. */
    public static Heading number(String name) {
      return new Heading(name, true);
    }
  }

  /**
   * A table without rows.
   *
   * @param widest longer values are cut to this many characters; 0 cuts none
   */
  public TextTable(List<Heading> headings, int widest) {
    this.headings = List.copyOf(headings);
    this.widest = widest;
  }

  /** Adds a row; null is a missing value. */
  public void add(List<String> cells) {
    rows.add(cells.stream().map(this::shown).toList());
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** All lines: the heading, a rule, the rows. */
  public List<String> lines() {
    int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(headings.stream().map(heading -> shown(heading.name())).toList(), widths));
    lines.add(line(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int width(int column) {
    int heading = length(shown(headings.get(column).name()));
    return rows.stream().mapToInt(row -> length(row.get(column))).reduce(heading, Math::max);
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - length(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(headings.get(i).numeric() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private String shown(String value) {
    if (value == null) {
      return NULL;
    }
    String flat = value.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    if (widest == 0 || length(flat) <= widest) {
      return flat;
    }
    return flat.substring(0, flat.offsetByCodePoints(0, widest - 1)) + CUT;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
