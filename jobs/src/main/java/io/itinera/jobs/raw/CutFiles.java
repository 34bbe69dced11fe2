package io.itinera.jobs.raw;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The records of several files, one after the other. Where a file cannot be read on, one record
 * says so, and the next file follows.
 */
final class CutFiles implements Iterator<Row> {

  private static final int FIXED_COLUMNS = 7;

  private final FileOpener opener;
  private final int columns;
  private final Iterator<RawFile> files;
  private final FilesBeside beside = new FilesBeside();
  private RawFile file;
  private RecordCutter cutter;
  private long position;
  private boolean hasRecords;
  private CutRecord ahead;

  CutFiles(FileOpener opener, List<RawFile> files) {
    this.opener = opener;
    this.columns = opener.cells().size();
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
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = row(ahead);
    ahead = null;
    return row;
  }

  private CutRecord open() {
    file = files.next();
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

  private Row row(CutRecord record) {
    position++;
    Object[] values = new Object[FIXED_COLUMNS + columns];
    values[0] = file.path();
    values[1] = file.modifiedMicros();
    values[2] = position;
    values[3] = record.text();
    values[4] = record.problem();
    values[5] = record.detail();
    values[6] = record.other() == null ? null : CollectionConverters.asScala(record.other());
    for (int i = 0; i < record.cells().size(); i++) {
      values[FIXED_COLUMNS + i] = record.cells().get(i);
    }
    return RowFactory.create(values);
  }
}
