package io.itinera.jobs.raw;

import com.univocity.parsers.common.TextParsingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of separated values. A record with more or fewer fields than its file has names is
 * malformed.
 */
final class CsvCutter implements RecordCutter {

  private static final int OTHER = -1;
  private static final int IGNORED = -2;

  private final Rows rows;
  private final String nullValue;
  private final int columns;
  private final List<String> names;
  private final List<Translation> translations;

  /** Place of each field of this file among the cells, or {@link #OTHER} or {@link #IGNORED}. */
  private final int[] places;

  /**
   * A cell that is the translation of another.
   *
   * @param from place of the cell that holds the code
   * @param to place of the cell that holds the meaning
   * @param meanings code to meaning
   */
  record Translation(int from, int to, Map<String, String> meanings) {}

  /**
   * @param names names of the fields of this file
   * @param nullValue text that stands for null
   */
  CsvCutter(
      Rows rows,
      List<String> names,
      Fields fields,
      String nullValue,
      List<Translation> translations) {
    this.rows = rows;
    this.nullValue = nullValue;
    this.columns = fields.wanted().size();
    this.names = names;
    this.translations = translations;
    this.places = names.stream().mapToInt(name -> place(name, fields)).toArray();
  }

  private static int place(String name, Fields fields) {
    int place = fields.placeOf(name);
    return place >= 0 ? place : fields.isOther(name) ? OTHER : IGNORED;
  }

  @Override
  public CutRecord next() throws IOException {
    try {
      String[] fields = rows.next();
      if (fields == null) {
        return null;
      }
      return fields.length == places.length
          ? record(fields)
          : CutRecord.malformed(
              rows.text(), "It has %d fields, not %d.".formatted(fields.length, places.length));
    } catch (TextParsingException e) {
      return CutRecord.malformed(rows.text(), "It cannot be parted into fields.");
    }
  }

  private CutRecord record(String[] fields) {
    String[] cells = new String[columns];
    Map<String, String> other = null;
    for (int i = 0; i < fields.length; i++) {
      String value = nullValue.equals(fields[i]) ? null : fields[i];
      if (places[i] >= 0) {
        cells[places[i]] = value;
      } else if (places[i] == OTHER && value != null && !value.isBlank()) {
        other = other == null ? new HashMap<>() : other;
        other.put(names.get(i), value);
      }
    }
    for (Translation translation : translations) {
      cells[translation.to()] = translation.meanings().get(cells[translation.from()]);
    }
    return CutRecord.of(rows.text(), Collections.unmodifiableList(Arrays.asList(cells)), other);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
