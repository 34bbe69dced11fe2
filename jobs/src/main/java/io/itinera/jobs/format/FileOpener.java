package io.itinera.jobs.format;

import com.github.luben.zstd.ZstdInputStream;
import com.univocity.parsers.common.TextParsingException;
import io.itinera.core.pattern.RegexGroups;
import io.itinera.core.pattern.SafePattern;
import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Lookup;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EssentialColumns;
import io.itinera.jobs.files.CheckManifest;
import io.itinera.jobs.files.Lines;
import io.itinera.jobs.files.MixedText;
import io.itinera.jobs.files.RawFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
 * @param skipRows what rows behind the header look like that are no records
 * @param fillsShortRows whether rows may lack their last fields
 * @param regex that a line of text matches; empty takes every line
 * @param lookups columns that are translations of others
 * @param declared names of columns where a file has no header
 * @param fields of a record that somebody asks for
 * @param spelling how the source spells the fields of JSON and XML
 * @param cut what is done with each record while it is cut
 * @param look what to look at in every file
 */
public record FileOpener(
    SerializableConfiguration hadoop,
    FileRules.Format format,
    Map<String, String> options,
    String records,
    String headerFile,
    Map<String, String> skipRows,
    boolean fillsShortRows,
    String regex,
    List<Lookup> lookups,
    List<String> declared,
    Fields fields,
    FieldSpelling spelling,
    Cut cut,
    Look look)
    implements Serializable {

  /** Opens files as {@code rules} say; Optionals would not travel to the executors. */
  public static FileOpener of(
      SerializableConfiguration hadoop, FileRules rules, Columns columns, Look look) {
    return new FileOpener(
        hadoop,
        rules.format(),
        rules.options(),
        rules.records().orElse(""),
        rules.headerFile().orElse(""),
        rules.skipRows(),
        rules.shortRows() == FileRules.ShortRows.FILL,
        rules.regex().orElse(""),
        rules.lookups(),
        columns.declared(),
        columns.fields(),
        columns.spelling(),
        new Cut(null, false),
        look);
  }

  /**
   * Which columns the records of a source have.
   *
   * @param declared their names where a file has no header
   * @param fields that somebody asks for
   * @param spelling how the source spells the fields of JSON and XML
   */
  public record Columns(List<String> declared, Fields fields, FieldSpelling spelling) {}

  /**
   * What is done with each record while it is cut.
   *
   * @param parsed columns of lines of JSON that are parsed; null where that comes later, or never
   * @param countsEqual whether records of the same text are numbered
   */
  public record Cut(StructType parsed, boolean countsEqual) implements Serializable {}

  /** The same, which does that with each record. */
  public FileOpener cutting(Cut each) {
    return new FileOpener(
        hadoop,
        format,
        options,
        records,
        headerFile,
        skipRows,
        fillsShortRows,
        regex,
        lookups,
        declared,
        fields,
        spelling,
        each,
        look);
  }

  /**
   * What to look at in every file: whether it has the columns that its source needs.
   *
   * @param source its name
   * @param essential the columns
   * @param named names of values, which no column should bear
   * @param lacking takes down the files that lack some; null where nobody asks
   */
  public record Look(
      String source, List<EssentialColumns> essential, Set<String> named, LackingFiles lacking)
      implements Serializable {

    public static Look of(SourceRules source, LackingFiles lacking) {
      return new Look(source.name(), EssentialColumns.of(source), source.named(), lacking);
    }

    static Look away() {
      return new Look("", List.of(), Set.of(), null);
    }
  }

  /** Takes it down if {@code file}, whose columns have these names, lacks some. */
  public void lookAt(RawFile file, Collection<String> names) {
    if (look.lacking() != null && !names.isEmpty()) {
      look.lacking().look(look, file.path(), names);
    }
  }

  /** The record's text with its fields as the source spells them; null if it is so already. */
  public static final String RESPELT = "_respelt";

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
  public RecordCutter cutter(RawFile file, FilesBeside beside) throws IOException {
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
        case JSONL ->
            cut.parsed() == null
                ? LineCutter.json(lines(bytes), json())
                : LineCutter.json(lines(bytes), new JsonRows(json(), jsonOptions(), cut.parsed()));
        case XML -> new XmlCutter(bytes, records, fields, spelling);
        case AVRO -> new AvroCutter(bytes, json());
        case W3C -> new W3cCutter(lines(bytes), fields);
        case TEXT ->
            regex.isEmpty()
                ? LineCutter.text(lines(bytes), fields, VALUE)
                : LineCutter.regex(
                    lines(bytes), fields, SafePattern.of(regex), RegexGroups.of(regex));
        case PARQUET -> throw new IllegalStateException("Parquet files are read by Spark");
      };
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * The cells of a record: its columns, or, where these are only parsed later, the text to parse if
   * it is another than the record's.
   */
  public StructType columns() {
    if (cut.parsed() != null) {
      return cut.parsed();
    }
    List<String> names =
        switch (format) {
          case JSON, JSONL, XML, AVRO, PARQUET -> List.of(RESPELT);
          case CSV, TSV, TEXT, W3C -> fields.wanted();
        };
    StructType columns = new StructType();
    for (String name : names) {
      columns = columns.add(name, DataTypes.StringType);
    }
    return columns;
  }

  /**
   * The lines in front of the records of {@code file}, as they stand there: the header, unless it
   * is a file of its own, and the rows that are skipped.
   */
  List<String> head(RawFile file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Rows rows = rows(open(file))) {
      List<String> names = names(rows, file, new FilesBeside());
      if (hasHeaderRow() && !names.isEmpty()) {
        lines.add(rows.text());
      }
      SkippedRows skipped = new SkippedRows(skipRows, names);
      for (String[] row = rows.next(); row != null && skipped.include(row); row = rows.next()) {
        lines.add(rows.text());
      }
    } catch (TextParsingException e) {
      // Then the first record is broken, and the head is before it.
      return lines;
    }
    return lines;
  }

  /** Whether anything stands in front of the records of a file. */
  boolean hasHead() {
    return isSeparated() && (hasHeaderRow() || !skipRows.isEmpty());
  }

  private boolean isSeparated() {
    return format == FileRules.Format.CSV || format == FileRules.Format.TSV;
  }

  private boolean hasHeaderRow() {
    return headerFile.isEmpty() && csv().headerFlag();
  }

  /** Cuts the records of a W3C log. */
  W3cCutter w3c(RawFile file) throws IOException {
    return new W3cCutter(lines(open(file)), fields);
  }

  private CsvCutter separated(Rows rows, RawFile file, FilesBeside beside) throws IOException {
    List<String> names = names(rows, file, beside);
    return new CsvCutter(
        rows,
        names,
        fields,
        new CsvCutter.Reading(
            new SkippedRows(skipRows, names),
            fillsShortRows,
            csv().nullValue(),
            beside.translations(this, file)));
  }

  /** Names of the fields of {@code file}, whose header is taken off {@code rows}. */
  private List<String> names(Rows rows, RawFile file, FilesBeside beside) throws IOException {
    return headerFile.isEmpty()
        ? CsvHeader.names(rows, csv().headerFlag(), declared)
        : beside.names(this, file);
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

  private JSONOptions jsonOptions() {
    return new JSONOptions(
        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
        "UTC",
        "_corrupt_record");
  }

  private LenientJson json() {
    return new LenientJson(options, fields, spelling);
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
