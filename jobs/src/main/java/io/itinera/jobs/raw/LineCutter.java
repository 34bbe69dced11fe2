package io.itinera.jobs.raw;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  static LineCutter regex(Lines lines, Fields fields, Pattern regex, List<String> groups) {
    int[] places = groups.stream().mapToInt(fields::placeOf).toArray();
    String[] names = groups.toArray(String[]::new);
    Matcher matcher = regex.matcher("");
    return new LineCutter(
        lines,
        line -> {
          if (!matches(matcher.reset(line))) {
            return CutRecord.malformed(line, "The line does not match the source's regex.");
          }
          String[] cells = new String[fields.wanted().size()];
          for (int i = 0; i < names.length; i++) {
            if (places[i] >= 0) {
              cells[places[i]] = matcher.group(names[i]);
            }
          }
          return record(line, cells);
        },
        List::of);
  }

  private static boolean matches(Matcher matcher) {
    try {
      return matcher.matches();
    } catch (StackOverflowError e) {
      // Java's matcher calls itself for each repetition of an alternative: one long line would end
      // the night.
      return false;
    }
  }

  /** Lines that are JSON objects. */
  static LineCutter json(Lines lines, JsonText json) {
    return new LineCutter(lines, json::objectOf, json::names);
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
    return lines.wasTooLong() ? Lines.cutOff(line) : cut.apply(line);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
