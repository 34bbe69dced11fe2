package io.itinera.jobs.raw;

import com.github.luben.zstd.ZstdInputStream;
import io.itinera.core.raw.FileRules;
import io.itinera.core.raw.FileRules.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * @param records path of the records inside a document; empty where it is one
 * @param headerFile name of the file that names the columns; empty where there is none
 * @param skipRows rows behind the header that are no records
 * @param regex that a line of text matches; empty takes every line
 * @param lookups columns that are translations of others
 * @param declared names of columns where a file has no header
 * @param fields of a record that somebody asks for
 */
record FileOpener(
    SerializableConfiguration hadoop,
    FileRules.Format format,
    Map<String, String> options,
    String records,
    String headerFile,
    int skipRows,
    String regex,
    List<Lookup> lookups,
    List<String> declared,
    Fields fields)
    implements Serializable {

  /** Opens files as {@code rules} say; Optionals would not travel to the executors. */
  static FileOpener of(
      SerializableConfiguration hadoop, FileRules rules, List<String> declared, Fields fields) {
    return new FileOpener(
        hadoop,
        rules.format(),
        rules.options(),
        rules.records().orElse(""),
        rules.headerFile().orElse(""),
        rules.skipRows(),
        rules.regex().orElse(""),
        rules.lookups(),
        declared,
        fields);
  }

  /** Column of a line of text. */
  static final String VALUE = "value";

  private static final String ZSTD = ".zst";
  private static final String ESCAPE = "escape";

  /**
   * Cuts the records of {@code file} into the fields wanted.
   *
   * @param beside what lies beside the files of this task
   * @throws IOException if it cannot be opened, or is not what its manifest says
   */
  RecordCutter cutter(RawFile file, FilesBeside beside) throws IOException {
    CheckManifest.require(file, hadoop.value());
    InputStream bytes = open(file);
    try {
      if (file.sizeBytes() == 0) {
        // Some formats have no empty files; here one has no records, whatever its format.
        return LineCutter.text(lines(bytes), fields, VALUE);
      }
      return switch (format) {
        case CSV, TSV -> separated(rows(bytes), file, beside);
        case JSON -> new JsonCutter(new MixedText(bytes, charset()), json(), recordsPath());
        case JSONL -> LineCutter.json(lines(bytes), json());
        case XML -> new XmlCutter(bytes, records, fields);
        case AVRO -> new AvroCutter(bytes, json());
        case W3C -> new W3cCutter(lines(bytes), fields);
        case TEXT ->
            regex.isEmpty()
                ? LineCutter.text(lines(bytes), fields, VALUE)
                : LineCutter.regex(
                    lines(bytes), fields, Pattern.compile(regex), RegexGroups.of(regex));
        case PARQUET -> throw new IllegalStateException("Parquet files are read by Spark");
      };
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** How many cells a record has: none where its columns are only parsed later. */
  int columns() {
    return switch (format) {
      case JSON, JSONL, XML, AVRO, PARQUET -> 0;
      case CSV, TSV, TEXT, W3C -> fields.wanted().size();
    };
  }

  /**
   * The lines in front of the records of {@code file}, as they stand there: the header, unless it
   * is a file of its own, and the rows that are skipped.
   */
  List<String> head(RawFile file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Rows rows = rows(open(file))) {
      for (int i = 0; i < headLines() && rows.next() != null; i++) {
        lines.add(rows.text());
      }
    }
    return lines;
  }

  /** How many rows stand in front of the records of a file of separated values. */
  int headLines() {
    boolean isSeparated = format == FileRules.Format.CSV || format == FileRules.Format.TSV;
    boolean hasHeader = isSeparated && headerFile.isEmpty() && csv().headerFlag();
    return skipRows + (hasHeader ? 1 : 0);
  }

  /** Cuts the records of a W3C log. */
  W3cCutter w3c(RawFile file) throws IOException {
    return new W3cCutter(lines(open(file)), fields);
  }

  private CsvCutter separated(Rows rows, RawFile file, FilesBeside beside) throws IOException {
    CSVOptions csv = csv();
    List<String> names =
        !headerFile.isEmpty()
            ? beside.names(this, file)
            : CsvHeader.names(rows, csv.headerFlag(), declared);
    for (int i = 0; i < skipRows; i++) {
      rows.next();
    }
    return new CsvCutter(rows, names, fields, csv.nullValue(), beside.translations(this, file));
  }

  private Rows rows(InputStream bytes) throws IOException {
    return format == FileRules.Format.TSV
        ? new TsvRows(lines(bytes), escape())
        : new CsvRows(bytes, csv());
  }

  /** The content of {@code file}, unpacked. */
  InputStream open(RawFile file) throws IOException {
    if (file.sizeBytes() == 0) {
      // No packed file is that short: its codec would call it broken, but it is only empty.
      return InputStream.nullInputStream();
    }
    Configuration settings = hadoop.value();
    Path path = new Path(file.path());
    InputStream bytes = path.getFileSystem(settings).open(path);
    try {
      if (path.getName().endsWith(ZSTD)) {
        // Hadoop's own codec needs a native library that is seldom there.
        return new ZstdInputStream(bytes);
      }
      CompressionCodec codec = new CompressionCodecFactory(settings).getCodec(path);
      return codec == null ? bytes : codec.createInputStream(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  Lines lines(InputStream bytes) throws IOException {
    return new Lines(bytes, charset());
  }

  private JsonText json() {
    return new JsonText(options, fields);
  }

  private List<String> recordsPath() {
    return records.isEmpty() ? List.of() : List.of(records.split("\\."));
  }

  private Optional<Character> escape() {
    return Optional.ofNullable(options.get(ESCAPE))
        .filter(text -> !text.isEmpty())
        .map(text -> text.charAt(0));
  }

  CSVOptions csv() {
    return new CSVOptions(
        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)), false, "UTC");
  }

  Charset charset() {
    return Charset.forName(
        options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
  }
}
