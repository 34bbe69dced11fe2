package io.itinera.jobs.format;

import com.univocity.parsers.common.TextParsingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of separated values. A record with more fields than its file has names is malformed, and
 * so is one with fewer, unless its vendor only adds fields at the end. Blank is null.
 */
final class CsvCutter implements RecordCutter {

  private static final int OTHER = -1;
  private static final int IGNORED = -2;

  private final Rows rows;
  private final Reading reading;
  private final int columns;
  private final List<String> names;

  /** Place of each field of this file among the cells, or {@link #OTHER} or {@link #IGNORED}. */
  private final int[] places;

  /** The same of fields that are another spelling of one that has the place. */
  private final int[] spare;

  private boolean isBehindHeader = true;

  /**
   * How rows are read.
   *
   * @param skipped rows behind the header that are no records
   * @param fillsShort whether a row may lack its last fields
   * @param nullValue text that stands for null
   */
  record Reading(
      SkippedRows skipped, boolean fillsShort, String nullValue, List<Translation> translations) {}

  /**
   * A cell that is the translation of another.
   *
   * @param from place of the cell that holds the code
   * @param to place of the cell that holds the meaning
   * @param meanings code to meaning
   */
  record Translation(int from, int to, Map<String, String> meanings) {}

  /**
   * @param names names of the fields of this file. Of those that differ in upper and lower case
   *     only, the one spelt as somebody asks for it is taken, else the first; where it is empty,
   *     the next. What else stands in the others is kept as fields of their own.
   */
  CsvCutter(Rows rows, List<String> names, Fields fields, Reading reading) {
    this.rows = rows;
    this.reading = reading;
    this.columns = fields.wanted().size();
    this.names = names;
    this.places = names.stream().mapToInt(name -> place(name, fields)).toArray();
    this.spare = new int[places.length];
    Arrays.fill(spare, OTHER);
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0 && i != best(places[i], fields)) {
        spare[i] = places[i];
      }
    }
    for (int i = 0; i < places.length; i++) {
      places[i] = spare[i] >= 0 ? OTHER : places[i];
    }
  }

  /** Which of the file's fields has the place. */
  private int best(int place, Fields fields) {
    int spelt = names.indexOf(fields.wanted().get(place));
    return spelt >= 0 ? spelt : Arrays.stream(places).boxed().toList().indexOf(place);
  }

  @Override
  public Collection<String> names() {
    return names;
  }

  private static int place(String name, Fields fields) {
    int place = fields.placeOf(name);
    return place >= 0 ? place : fields.isOther(name) ? OTHER : IGNORED;
  }

  @Override
  public CutRecord next() throws IOException {
    try {
      String[] row = rows.next();
      while (row != null && isBehindHeader && reading.skipped().include(row)) {
        row = rows.next();
      }
      isBehindHeader = false;
      return row == null ? null : record(row);
    } catch (TextParsingException e) {
      isBehindHeader = false;
      return CutRecord.malformed(rows.text(), "The record cannot be split into fields.");
    }
  }

  private CutRecord record(String[] row) {
    boolean isFitting =
        row.length == places.length
            // A row of which most is missing was not written before a few columns were added.
            || (reading.fillsShort()
                && row.length < places.length
                && 2 * row.length >= places.length);
    if (!isFitting) {
      return CutRecord.malformed(
          rows.text(), "It has %d fields instead of %d.".formatted(row.length, places.length));
    }
    String[] cells = new String[columns];
    Map<String, String> other = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (places[i] >= 0) {
        cells[places[i]] = value(row[i]);
      }
    }
    for (int i = 0; i < row.length; i++) {
      if (places[i] == OTHER && value(row[i]) != null) {
        keep(i, row[i], cells, other);
      }
    }
    for (Translation translation : reading.translations()) {
      cells[translation.to()] = translation.meanings().get(cells[translation.from()]);
    }
    return CutRecord.of(
        rows.text(),
        Collections.unmodifiableList(Arrays.asList(cells)),
        other.isEmpty() ? null : other);
  }

  private void keep(int place, String value, String[] cells, Map<String, String> other) {
    int repeated = spare[place];
    if (repeated >= 0 && cells[repeated] == null) {
      cells[repeated] = value;
    } else if (repeated < 0 || !cells[repeated].equals(value)) {
      other.put(names.get(place), value);
    }
  }

  private String value(String field) {
    return field == null || field.isBlank() || reading.nullValue().equals(field) ? null : field;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
