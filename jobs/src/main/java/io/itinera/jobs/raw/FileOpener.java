package io.itinera.jobs.raw;

import io.itinera.core.raw.SourceRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Opens files in executors; packed ones by the end of their name, such as {@code .gz}.
 *
 * @param hadoop settings of file systems
 * @param format of the files
 * @param options Spark's reader options for it
 * @param declared names of columns where a file has no header
 * @param recordsPath names that lead to the array of records inside a JSON document
 */
record FileOpener(
    SerializableConfiguration hadoop,
    SourceRules.Format format,
    Map<String, String> options,
    List<String> declared,
    List<String> recordsPath)
    implements Serializable {

  /** Cuts the records of {@code file} into the columns {@code wanted}. */
  RecordCutter cutter(RawFile file, List<String> wanted) throws IOException {
    InputStream bytes = open(file);
    try {
      return switch (format) {
        case CSV -> new CsvCutter(new CsvRows(bytes, csv()), csv(), wanted, declared);
        case JSON -> new JsonCutter(bytes, new JsonText(options), recordsPath);
        case JSONL -> LineCutter.json(new Lines(bytes, charset()), new JsonText(options));
        case TEXT -> LineCutter.text(new Lines(bytes, charset()));
        case PARQUET -> throw new IllegalStateException("Parquet files are read by Spark");
      };
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Names of the fields of a CSV file; empty if it is empty or cannot be read. */
  List<String> header(RawFile file) {
    try (CsvRows rows = new CsvRows(open(file), csv())) {
      return CsvHeader.names(rows, csv(), declared);
    } catch (IOException | RuntimeException e) {
      // Cutting its records will meet the same trouble and reject the file with its reason.
      return List.of();
    }
  }

  private InputStream open(RawFile file) throws IOException {
    if (file.sizeBytes() == 0) {
      // No packed file is that short: its codec would call it broken, but it is only empty.
      return InputStream.nullInputStream();
    }
    Configuration settings = hadoop.value();
    Path path = new Path(file.path());
    InputStream bytes = path.getFileSystem(settings).open(path);
    CompressionCodec codec = new CompressionCodecFactory(settings).getCodec(path);
    try {
      return codec == null ? bytes : codec.createInputStream(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private CSVOptions csv() {
    return new CSVOptions(
        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)), false, "UTC");
  }

  private Charset charset() {
    return Charset.forName(options.getOrDefault("encoding", "UTF-8"));
  }
}
