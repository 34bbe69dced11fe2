package io.itinera.jobs.format;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A file of records that one run rejected, such that somebody can repair them in it and the source
 * then reads it like the file they came from.
 */
public final class RejectedFile implements Closeable {

  /** Ends of the names of packed files. */
  public static final List<String> PACKINGS = List.of(".gz", ".gzip", ".bz2", ".zst", ".deflate");

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path target;
  private final RecordFrame frame;
  private final Optional<FieldsInForce> fields;
  private final Writer writer;
  private long records;

  /**
   * Where records came from.
   *
   * @param path their file
   * @param sizeBytes its size when it was loaded
   * @param modifiedAt its modification time when it was loaded
   * @param runId the run that rejected them
   */
  public record Origin(String path, long sizeBytes, Instant modifiedAt, String runId) {}

  private RejectedFile(
      Path target, RecordFrame frame, Optional<FieldsInForce> fields, Writer writer) {
    this.target = target;
    this.frame = frame;
    this.fields = fields;
    this.writer = writer;
  }

  /** Name of the file for the records of the file {@code original}. */
  public static String name(Format format, String original, String runId) {
    String plain = original;
    for (String packing : PACKINGS) {
      if (original.endsWith(packing)) {
        plain = original.substring(0, original.length() - packing.length());
      }
    }
    String own = plain.substring(plain.lastIndexOf('.') + 1);
    boolean isKept = plain.contains(".") && own.matches("[A-Za-z][A-Za-z0-9]{0,9}");
    return plain
        + RawFile.REJECTED
        + runId
        + "."
        + (isKept && !isBinary(format) ? own : extension(format));
  }

  /** Whether the format's records become JSON lines, because nobody can repair it by hand. */
  public static boolean isBinary(Format format) {
    return format == Format.PARQUET || format == Format.AVRO;
  }

  /**
   * Starts the file in {@code folder}, which is made if it is missing. It has its name only when it
   * is closed. Beside it comes the header file, where the source has one.
   *
   * @throws IOException if what stands in front of the records cannot be found again, or the file
   *     is there already; then nothing was written
   */
  public static RejectedFile create(
      Configuration hadoop, SourceRules source, Origin origin, Path folder) throws IOException {
    FileRules rules = source.files();
    String original = origin.path().substring(origin.path().lastIndexOf('/') + 1);
    Path target = folder.resolve(name(rules.format(), original, origin.runId()));
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target + " is there already and was left as it is. Take it away, or name another folder");
    }
    StructType declared = rules.schema().map(StructType::fromDDL).orElse(new StructType());
    FileOpener opener =
        FileOpener.of(
            new SerializableConfiguration(hadoop),
            rules,
            new FileOpener.Columns(
                List.of(declared.fieldNames()), Fields.NONE, FieldSpelling.none()),
            FileOpener.Look.away());
    List<String> head = opener.hasHead() ? opener.head(original(hadoop, origin)) : List.of();
    Optional<FieldsInForce> fields =
        rules.format() == Format.W3C
            ? Optional.of(new FieldsInForce(opener.w3c(original(hadoop, origin))))
            : Optional.empty();
    Files.createDirectories(folder);
    if (rules.headerFile().isPresent()) {
      copyHeader(opener, original(hadoop, origin), folder);
    }
    Writer writer = Files.newBufferedWriter(unfinished(target), StandardCharsets.UTF_8);
    RejectedFile file = new RejectedFile(target, RecordFrame.of(rules, head), fields, writer);
    file.start(opener);
    return file;
  }

  /**
   * Adds a record.
   *
   * @param position its ordinal in its file; must not fall from call to call
   */
  public void add(long position, String record) throws IOException {
    writer.write(records == 0 ? "" : frame.between());
    if (fields.isPresent()) {
      writer.write(fields.get().before(position));
    }
    writer.write(record);
    records++;
  }

  /** Ends the file and gives it its name. */
  public void finish() throws IOException {
    writer.write(frame.end());
    writer.close();
    Files.move(unfinished(target), target);
  }

  /** Its path, once it is finished. */
  public Path target() {
    return target;
  }

  /** How many records were added. */
  public long records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    try (writer) {
      if (fields.isPresent()) {
        fields.get().close();
      }
    }
  }

  private void start(FileOpener opener) throws IOException {
    boolean isNamedOther = !opener.charset().equals(StandardCharsets.UTF_8);
    // Beats the encoding that the source names, so that no character is lost.
    writer.write(isNamedOther && opener.format() != Format.XML ? BYTE_ORDER_MARK : "");
    writer.write(frame.start());
  }

  /** A name that no listing shows: a broken export must not be taken for a whole one. */
  private static Path unfinished(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".unfinished");
  }

  private static RawFile original(Configuration hadoop, Origin origin) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(origin.path());
    try {
      RawFile file = RawFile.of(path.getFileSystem(hadoop).getFileStatus(path));
      if (file.sizeBytes() != origin.sizeBytes()
          || file.modifiedAt().toEpochMilli() != origin.modifiedAt().toEpochMilli()) {
        throw new IOException(
            "%s has changed since run %s read it, so its header may have, too. Load it, then export"
                .formatted(path, origin.runId()));
      }
      return file;
    } catch (FileNotFoundException e) {
      throw new IOException(
          "%s is gone, and with it what names the columns of its records. Put it back"
              .formatted(path),
          e);
    }
  }

  private static void copyHeader(FileOpener opener, RawFile original, Path folder)
      throws IOException {
    RawFile header = FilesBeside.find(opener, original, opener.headerFile());
    Path copy = folder.resolve(header.name());
    if (!Files.exists(copy)) {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(header.path());
      try (InputStream bytes = path.getFileSystem(opener.hadoop().value()).open(path)) {
        Files.copy(bytes, copy);
      }
    }
  }

  private static String extension(Format format) {
    return switch (format) {
      case CSV -> "csv";
      case TSV -> "tsv";
      case JSON -> "json";
      case JSONL, PARQUET, AVRO -> "jsonl";
      case XML -> "xml";
      case TEXT -> "txt";
      case W3C -> "log";
    };
  }
}
