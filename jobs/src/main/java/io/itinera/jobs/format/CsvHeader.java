package io.itinera.jobs.format;

import io.itinera.core.source.RawRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Names of the fields of one CSV file. */
final class CsvHeader {

  private CsvHeader() {}

  /**
   * Takes the header off {@code rows}, if there is one. A name that comes twice gets a number:
   * {@code id}, {@code id_2}; a field without a name is called after its place: {@code _c3}.
   *
   * @param declared names where there is no header; empty calls all fields after their places
   * @return empty for an empty file
   */
  static List<String> names(Rows rows, boolean hasHeader, List<String> declared)
      throws IOException {
    if (hasHeader) {
      String[] header = rows.next();
      return header == null ? List.of() : unique(header);
    }
    if (!declared.isEmpty()) {
      return declared;
    }
    String[] first = rows.peek();
    return first == null
        ? List.of()
        : IntStream.range(0, first.length).mapToObj(CsvHeader::byPlace).toList();
  }

  /** The names of {@code header}, each once. */
  static List<String> unique(String[] header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < header.length; i++) {
      String given = header[i] == null ? "" : header[i].strip();
      String name = given.isEmpty() ? byPlace(i) : given;
      String free = name;
      for (int count = 2; isOwn(free) || !taken.add(free); count++) {
        free = name + "_" + count;
      }
      names.add(free);
    }
    return names;
  }

  /** Whether it is the name of a column that every record has. */
  private static boolean isOwn(String name) {
    return RawRecords.COLUMNS.contains(Fields.folded(name));
  }

  private static String byPlace(int place) {
    return "_c" + place;
  }
}
