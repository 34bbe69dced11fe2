package io.itinera.jobs.raw;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** One record a line; blank lines are none. */
final class LineCutter implements RecordCutter {

  private final Lines lines;
  private final Function<String, CutRecord> cut;

  private LineCutter(Lines lines, Function<String, CutRecord> cut) {
    this.lines = lines;
    this.cut = cut;
  }

  /** Lines of text, each the only value of its record. */
  static LineCutter text(Lines lines) {
    return new LineCutter(lines, line -> CutRecord.of(line, List.of(line)));
  }

  /** Lines that are JSON objects. */
  static LineCutter json(Lines lines, JsonText json) {
    return new LineCutter(lines, json::objectOf);
  }

  @Override
  public CutRecord next() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line == null ? null : cut.apply(line);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
