package io.itinera.jobs.sample;

import io.itinera.core.sample.SampleFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes the files of one partition, whose rows come file by file and in the order of their lines.
 *
 * @param directory the company's folder
 */
record FileTask(String directory) implements MapPartitionsFunction<Row, Row> {

  /** Places of what a row holds. */
  static final int FOLDER = 0;

  static final int FILE = 1;
  static final int NAME = 2;
  static final int NIGHT = 3;
  static final int DELIVERED_ON = 4;
  static final int TEXT = 5;

  private static final int BUFFER = 1 << 16;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> written = new ArrayList<>();
    Row next = rows.hasNext() ? rows.next() : null;
    while (next != null) {
      next = write(next, rows, written);
    }
    return written.iterator();
  }

  /** Writes the file that {@code first} opens and returns the first row of the next one. */
  private Row write(Row first, Iterator<Row> rows, List<Row> written) {
    Path path = path(first);
    SampleFile file = SampleFile.valueOf(first.getString(FILE));
    LocalDate deliveredOn = first.getDate(DELIVERED_ON).toLocalDate();
    long lines = 0;
    Row row = first;
    try {
      Files.createDirectories(path.getParent());
      try (Writer out = open(path)) {
        out.write(file.opening());
        while (row != null && isSameFile(row, first)) {
          out.write(lines == 0 ? "" : file.separator());
          out.write(row.getString(TEXT));
          lines++;
          row = rows.hasNext() ? rows.next() : null;
        }
        out.write(file.closing());
      }
      Files.setLastModifiedTime(path, FileTime.from(morningAfter(deliveredOn)));
      written.add(result(first, lines, Files.size(path)));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Cannot write %s. The sample company is incomplete: free the place and generate it again."
              .formatted(path),
          failure);
    }
    return row;
  }

  private static boolean isSameFile(Row row, Row other) {
    return row.getString(NAME).equals(other.getString(NAME))
        && row.getString(FILE).equals(other.getString(FILE))
        && row.getString(FOLDER).equals(other.getString(FOLDER));
  }

  private static Instant morningAfter(LocalDate day) {
    return day.plusDays(1).atTime(4, 0).toInstant(ZoneOffset.UTC);
  }

  private static Row result(Row first, long lines, long bytes) {
    Date night = first.getDate(NIGHT);
    String source = SampleFile.valueOf(first.getString(FILE)).folder();
    return RowFactory.create(night, source, first.getString(NAME), lines, bytes);
  }

  private Path path(Row row) {
    SampleFile file = SampleFile.valueOf(row.getString(FILE));
    Path folder = file.isTruth() ? Path.of(directory) : Path.of(directory, row.getString(FOLDER));
    return folder.resolve(file.folder()).resolve(row.getString(NAME));
  }

  private static Writer open(Path path) throws IOException {
    OutputStream out = Files.newOutputStream(path);
    if (path.toString().endsWith(".gz")) {
      out = new GZIPOutputStream(out, BUFFER);
    }
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
  }
}
