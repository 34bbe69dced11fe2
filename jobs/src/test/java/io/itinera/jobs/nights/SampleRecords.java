package io.itinera.jobs.nights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.itinera.core.source.FileRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file taken apart. Its bytes are taken as Latin-1, whatever they are, so that none is lost.
 *
 * @param head what stands before the records, such as a header line
 * @param records their texts
 * @param join what stands between two of them
 * @param tail what stands behind them
 */
record SampleRecords(String head, List<String> records, String join, String tail) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes {@code file} apart as {@code rules} would. */
  static SampleRecords of(Path file, FileRules rules) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return switch (rules.format()) {
      case CSV -> rows(new String(bytes, ISO_8859_1), rules);
      case TSV ->
          new SampleRecords("", rowsOfTsv(new String(bytes, ISO_8859_1), rules), "\n", "\n");
      case JSONL, TEXT, W3C ->
          new SampleRecords("", lines(new String(bytes, ISO_8859_1)), "\n", "\n");
      case JSON ->
          json(bytes, rules.records().map(path -> path.split("\\.")).orElse(new String[0]));
      case XML -> elements(new String(bytes, ISO_8859_1), rules.records().orElseThrow());
      case PARQUET, AVRO -> throw new IllegalArgumentException("Not a text: " + file);
    };
  }

  /** The file with {@code others} in the place of its records. */
  String with(List<String> others) {
    return head + String.join(join, others) + tail;
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  /** Lines, and with each that ends in an escape the next one. */
  private static List<String> rowsOfTsv(String text, FileRules rules) {
    String escape = rules.options().get("escape");
    if (escape == null) {
      return lines(text);
    }
    Pattern goesOn = Pattern.compile("(?<!E)(EE)*E$".replace("E", Pattern.quote(escape)));
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String line : lines(text)) {
      row.append(line);
      if (goesOn.matcher(line).find()) {
        row.append('\n');
      } else {
        rows.add(row.toString());
        row.setLength(0);
      }
    }
    return rows;
  }

  private static SampleRecords rows(String text, FileRules rules) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String line : lines(text)) {
      row.append(row.isEmpty() ? "" : "\n").append(line);
      if (row.chars().filter(c -> c == '"').count() % 2 == 0) {
        rows.add(row.toString());
        row.setLength(0);
      }
    }
    int first = 1;
    while (!rules.skipRows().isEmpty() && !rows.get(first).contains("R_")) {
      first++;
    }
    return new SampleRecords(
        String.join("\n", rows.subList(0, first)) + "\n",
        rows.subList(first, rows.size()),
        "\n",
        "\n");
  }

  private static SampleRecords json(byte[] bytes, String[] path) throws IOException {
    List<String> records = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = JSON.readerFor(JsonNode.class).readValues(bytes)) {
      while (documents.hasNext()) {
        JsonNode found = documents.next();
        for (JsonNode document : found.isArray() ? found : List.of(found)) {
          JsonNode inside = document;
          for (String name : path) {
            inside = inside.path(name);
          }
          for (JsonNode record : inside.isArray() ? inside : List.of(inside)) {
            records.add(text(record));
          }
        }
      }
    }
    if (path.length == 0) {
      return new SampleRecords("", records, "\n", "\n");
    }
    String head = "{\"" + String.join("\":{\"", path) + "\":[";
    return new SampleRecords(head, records, ",\n", "]" + "}".repeat(path.length));
  }

  /** A value as JSON. */
  static String text(JsonNode value) throws IOException {
    return new String(JSON.writeValueAsBytes(value), ISO_8859_1);
  }

  /** The JSON of a record that {@link #of} gave. */
  static JsonNode tree(String text) throws IOException {
    return JSON.readTree(text.getBytes(ISO_8859_1));
  }

  private static SampleRecords elements(String text, String name) {
    List<MatchResult> found =
        Pattern.compile("(?s)<(\\w+:)?%1$s[ >].*?</(\\w+:)?%1$s>".formatted(name))
            .matcher(text)
            .results()
            .toList();
    return new SampleRecords(
        text.substring(0, found.get(0).start()),
        found.stream().map(MatchResult::group).toList(),
        "\n",
        text.substring(found.get(found.size() - 1).end()));
  }
}
