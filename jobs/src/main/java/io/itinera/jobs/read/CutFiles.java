package io.itinera.jobs.read;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.CutRecord;
import io.itinera.jobs.format.FileOpener;
import io.itinera.jobs.format.FilesBeside;
import io.itinera.jobs.format.RecordCutter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The records of several files, one after the other. Where a file cannot be read on, one record
 * says so, and the next file follows.
 */
final class CutFiles implements Iterator<InternalRow> {

  private static final int FIXED_COLUMNS = 8;

  private final FileOpener opener;
  private final DataType[] columns;
  private final Iterator<RawFile> files;
  private final FilesBeside beside = new FilesBeside();
  private RawFile file;
  private UTF8String path;
  private EqualRecords ordinals;
  private RecordCutter cutter;
  private long position;
  private boolean hasRecords;
  private CutRecord ahead;

  CutFiles(FileOpener opener, List<RawFile> files) {
    this.opener = opener;
    this.columns =
        Stream.of(opener.columns().fields()).map(StructField::dataType).toArray(DataType[]::new);
    this.files = files.iterator();
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A task that dies half-way, or takes only the first rows, must not leave its file open.
      task.addTaskCompletionListener((TaskCompletionListener) done -> close());
    }
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && (cutter != null || files.hasNext())) {
      ahead = cutter == null ? open() : cut();
    }
    return ahead != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow row = row(ahead);
    ahead = null;
    return row;
  }

  private CutRecord open() {
    file = files.next();
    path = UTF8String.fromString(file.path());
    ordinals = new EqualRecords();
    position = 0;
    hasRecords = false;
    try {
      cutter = opener.cutter(file, beside);
      return null;
    } catch (IOException | RuntimeException e) {
      return CutRecord.unreadable(sentence(e));
    }
  }

  private CutRecord cut() {
    try {
      CutRecord record = cutter.next();
      if (record == null) {
        if (hasRecords) {
          opener.lookAt(file, cutter.names());
        }
        close();
      } else {
        hasRecords |= record.problem() == null;
      }
      return record;
    } catch (IOException | RuntimeException e) {
      close();
      return CutRecord.unreadable(sentence(e));
    }
  }

  private void close() {
    if (cutter != null) {
      try {
        cutter.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close " + file.path(), e);
      } finally {
        cutter = null;
      }
    }
  }

  private String sentence(Exception e) {
    // What a parser says of broken text shows the text.
    String reason = e instanceof JsonProcessingException broken ? place(broken) : e.toString();
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return "%s cannot be read behind record %d: %s".formatted(name, position, reason);
  }

  private static String place(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    return at == null
        ? "a value of it is longer, or nested deeper, than JSON may be"
        : "it breaks at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private InternalRow row(CutRecord record) {
    position++;
    Object[] values = new Object[FIXED_COLUMNS + columns.length];
    values[0] = path;
    values[1] = file.modifiedMicros();
    values[2] = position;
    UTF8String text = text(record.text());
    values[3] = text;
    values[4] = text(record.problem());
    values[5] = text(record.detail());
    values[6] = record.other() == null ? null : texts(record.other());
    values[7] = opener.cut().countsEqual() ? ordinals.of(text) : null;
    for (int i = 0; i < record.cells().size(); i++) {
      values[FIXED_COLUMNS + i] = text(record.cells().get(i));
    }
    for (int i = 0; record.row() != null && i < columns.length; i++) {
      values[FIXED_COLUMNS + i] = record.row().get(i, columns[i]);
    }
    return new GenericInternalRow(values);
  }

  private static UTF8String text(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  private static MapData texts(Map<String, String> fields) {
    Object[] names = fields.keySet().stream().map(CutFiles::text).toArray();
    Object[] contents = fields.values().stream().map(CutFiles::text).toArray();
    return new ArrayBasedMapData(new GenericArrayData(names), new GenericArrayData(contents));
  }
}
