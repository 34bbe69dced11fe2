package io.itinera.jobs.format;

import io.itinera.core.source.FileRules;
import java.util.Collections;
import java.util.List;

/**
 * What stands around records in a file of their format.
 *
 * @param start in front of the first
 * @param between between two
 * @param end behind the last
 */
record RecordFrame(String start, String between, String end) {

  private static final String NEW_LINE = "\n";

  /**
   * The frame of a source's files; Parquet and Avro, which nobody can write by hand, become JSON
   * lines.
   *
   * @param head lines in front of the records of separated values
   */
  static RecordFrame of(FileRules rules, List<String> head) {
    String lines = String.join(NEW_LINE, head) + (head.isEmpty() ? "" : NEW_LINE);
    return switch (rules.format()) {
      case CSV, TSV -> new RecordFrame(lines, NEW_LINE, NEW_LINE);
      case XML -> xml(rules.records().orElse(""));
      case JSON ->
          rules
              .records()
              .map(path -> document(List.of(path.split("\\."))))
              .orElse(new RecordFrame("", NEW_LINE, NEW_LINE));
      case JSONL, TEXT, W3C, PARQUET, AVRO -> new RecordFrame("", NEW_LINE, NEW_LINE);
    };
  }

  private static RecordFrame xml(String element) {
    // A root of the records' own name would be a record.
    String root = element.equals("rejected") ? "rejected_records" : "rejected";
    return new RecordFrame(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s>\n".formatted(root),
        NEW_LINE,
        "\n</%s>\n".formatted(root));
  }

  private static RecordFrame document(List<String> path) {
    StringBuilder start = new StringBuilder();
    path.forEach(name -> start.append("{\"").append(name).append("\":"));
    String closed = String.join("", Collections.nCopies(path.size(), "}"));
    return new RecordFrame(start + "[\n", ",\n", "\n]" + closed + NEW_LINE);
  }
}
