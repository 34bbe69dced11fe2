package io.itinera.jobs.raw;

import com.github.luben.zstd.ZstdInputStream;
import io.itinera.core.raw.FileRules;
import io.itinera.core.raw.FileRules.Lookup;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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

  /** Cuts the records of {@code file} into the fields wanted. */
  RecordCutter cutter(RawFile file) throws IOException {
    InputStream bytes = open(file);
    try {
      if (file.sizeBytes() == 0) {
        // Some formats have no empty files; here one has no records, whatever its format.
        return LineCutter.text(lines(bytes), fields, VALUE);
      }
      return switch (format) {
        case CSV -> separated(new CsvRows(bytes, csv()), file);
        case TSV -> separated(new TsvRows(lines(bytes), escape()), file);
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

  private CsvCutter separated(Rows rows, RawFile file) throws IOException {
    CSVOptions csv = csv();
    List<String> names =
        !headerFile.isEmpty()
            ? companionHeader(file)
            : CsvHeader.names(rows, csv.headerFlag(), declared);
    for (int i = 0; i < skipRows; i++) {
      rows.next();
    }
    String nullValue = csv.nullValue();
    return new CsvCutter(rows, names, fields, nullValue, translations(file));
  }

  private List<String> companionHeader(RawFile file) throws IOException {
    try (Lines lines = lines(open(companion(file, headerFile)))) {
      String line = lines.next();
      String separator = format == FileRules.Format.TSV ? "\t" : csv().delimiter();
      return line == null ? List.of() : CsvHeader.unique(line.split(Pattern.quote(separator), -1));
    }
  }

  private List<CsvCutter.Translation> translations(RawFile file) throws IOException {
    Stream.Builder<CsvCutter.Translation> found = Stream.builder();
    for (Lookup lookup : lookups) {
      InputStream bytes = open(companion(file, lookup.file()));
      Map<String, String> meanings =
          lookup.key().isEmpty() ? pairs(lines(bytes)) : columns(bytes, lookup);
      found.add(
          new CsvCutter.Translation(
              fields.placeOf(lookup.column()), fields.placeOf(lookup.name()), meanings));
    }
    return found.build().filter(t -> t.from() >= 0 && t.to() >= 0).toList();
  }

  private static Map<String, String> pairs(Lines lines) throws IOException {
    Map<String, String> meanings = new HashMap<>();
    try (lines) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          meanings.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    }
    return meanings;
  }

  private Map<String, String> columns(InputStream bytes, Lookup lookup) throws IOException {
    Map<String, String> meanings = new HashMap<>();
    try (CsvRows rows = new CsvRows(bytes, csv())) {
      List<String> names = CsvHeader.names(rows, true, List.of());
      int key = names.indexOf(lookup.key());
      int value = names.indexOf(lookup.value());
      if (key < 0 || value < 0) {
        throw new IOException(
            "%s has no column %s, or no %s".formatted(lookup.file(), lookup.key(), lookup.value()));
      }
      for (String[] row = rows.next(); row != null; row = rows.next()) {
        if (row.length > Math.max(key, value) && row[key] != null && row[value] != null) {
          meanings.merge(row[key], row[value], (first, next) -> first + ";" + next);
        }
      }
    }
    return meanings;
  }

  /** The file of that name, or glob, in the folder of {@code file}; of several the last by name. */
  private RawFile companion(RawFile file, String name) throws IOException {
    Path folder = new Path(file.path()).getParent();
    FileSystem fileSystem = folder.getFileSystem(hadoop.value());
    FileStatus[] found = fileSystem.globStatus(new Path(folder, name));
    return Stream.of(found == null ? new FileStatus[0] : found)
        .max(Comparator.comparing(status -> status.getPath().getName()))
        .map(RawFile::of)
        .orElseThrow(() -> new FileNotFoundException("There is no %s beside it".formatted(name)));
  }

  private InputStream open(RawFile file) throws IOException {
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

  private Lines lines(InputStream bytes) throws IOException {
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

  private CSVOptions csv() {
    return new CSVOptions(
        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)), false, "UTC");
  }

  private Charset charset() {
    return Charset.forName(
        options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
  }
}
