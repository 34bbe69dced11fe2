package io.itinera.jobs.format;

import io.itinera.core.pattern.Hits;
import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.TooHardException;
import io.itinera.jobs.files.Lines;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** One record a line; blank lines are none. */
final class LineCutter implements RecordCutter {

  private final Lines lines;
  private final Function<String, CutRecord> cut;
  private final Supplier<Collection<String>> names;

  private LineCutter(
      Lines lines, Function<String, CutRecord> cut, Supplier<Collection<String>> names) {
    this.lines = lines;
    this.cut = cut;
    this.names = names;
  }

  /** Lines of text, each the value of its record's column. */
  static LineCutter text(Lines lines, Fields fields, String column) {
    int place = fields.placeOf(column);
    return new LineCutter(
        lines,
        line -> {
          String[] cells = new String[fields.wanted().size()];
          if (place >= 0) {
            cells[place] = line;
          }
          return record(line, cells);
        },
        List::of);
  }

  /** Lines that {@code regex} matches, the groups of that name in the record's columns. */
  static LineCutter regex(Lines lines, Fields fields, SafePattern regex, List<String> groups) {
    int[] places = groups.stream().distinct().mapToInt(fields::placeOf).toArray();
    String[] names = groups.stream().distinct().toArray(String[]::new);
    int width = fields.wanted().size();
    return new LineCutter(
        lines,
        line -> {
          try {
            String[] cells = regex.search(line, hits -> cells(hits, names, places, width));
            return cells == null
                ? CutRecord.malformed(line, "The line does not match the source's regex.")
                : record(line, cells);
          } catch (TooHardException e) {
            return CutRecord.malformed(line, "The line is too long for the source's regex.");
          }
        },
        List::of);
  }

  private static String[] cells(Hits hits, String[] names, int[] places, int width) {
    if (!hits.isWhole()) {
      return null;
    }
    String[] cells = new String[width];
    // Where all groups have names they are numbered in the order of these: no need to look them up.
    boolean haveAllNames = hits.groups() == names.length;
    for (int i = 0; i < names.length; i++) {
      if (places[i] >= 0) {
        cells[places[i]] = haveAllNames ? hits.group(i + 1) : hits.group(names[i]);
      }
    }
    return cells;
  }

  /** Lines that are JSON objects. */
  static LineCutter json(Lines lines, LenientJson json) {
    return new LineCutter(lines, json::objectOf, json::names);
  }

  /** Lines that are JSON objects of a schema. */
  static LineCutter json(Lines lines, JsonRows rows) {
    return new LineCutter(lines, rows::of, rows::names);
  }

  private static CutRecord record(String line, String[] cells) {
    return CutRecord.of(line, Collections.unmodifiableList(Arrays.asList(cells)), null);
  }

  @Override
  public Collection<String> names() {
    return names.get();
  }

  @Override
  public CutRecord next() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return lines.wasTooLong() ? CutRecord.cutOff(line) : cut.apply(line);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
