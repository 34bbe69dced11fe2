package io.itinera.jobs.raw;

import com.univocity.parsers.common.TextParsingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * Records of separated values. A record with more or fewer fields than its file's header (without
 * one: than the first record, or the declared schema) is malformed.
 */
final class CsvCutter implements RecordCutter {

  private final CsvRows rows;
  private final String nullValue;
  private final int columns;

  /** Place of each field of this file among the columns of all files. */
  private final int[] places;

  /**
   * @param wanted names of the columns of all files, in the order of a record's cells
   * @param declared names of columns where the file has no header
   */
  CsvCutter(CsvRows rows, CSVOptions options, List<String> wanted, List<String> declared)
      throws IOException {
    this.rows = rows;
    this.nullValue = options.nullValue();
    this.columns = wanted.size();
    List<String> known = wanted.stream().map(CsvHeader::folded).toList();
    this.places =
        CsvHeader.names(rows, options, declared).stream()
            .mapToInt(name -> known.indexOf(CsvHeader.folded(name)))
            .toArray();
  }

  @Override
  public CutRecord next() throws IOException {
    try {
      String[] fields = rows.next();
      if (fields == null) {
        return null;
      }
      return fields.length == places.length
          ? CutRecord.of(rows.text(), cells(fields))
          : CutRecord.malformed(
              rows.text(), "It has %d fields, not %d.".formatted(fields.length, places.length));
    } catch (TextParsingException e) {
      return CutRecord.malformed(rows.text(), "It cannot be parted into fields.");
    }
  }

  private List<String> cells(String[] fields) {
    String[] cells = new String[columns];
    for (int i = 0; i < fields.length; i++) {
      cells[places[i]] = nullValue.equals(fields[i]) ? null : fields[i];
    }
    return Collections.unmodifiableList(Arrays.asList(cells));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
