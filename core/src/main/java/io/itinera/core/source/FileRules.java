package io.itinera.core.source;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How the files of one source are cut into records.
 *
 * @param format how records stand in a file
 * @param options options of Spark's reader for that format, such as {@code header} or {@code sep}
 * @param schema columns of the record as Spark DDL; empty lets the files tell
 * @param records for {@code json}: path of the array inside a document whose elements are the
 *     records, such as {@code conversations}; for {@code xml}: name of the element that is a record
 * @param headerFile name (or glob) of a file in the folder of each data file whose first line names
 *     the columns
 * @param skipRows what the rows right behind the header look like that are no records: column to
 *     the regular expression that its whole value matches
 * @param shortRows what becomes of a row with fewer fields than there are names
 * @param regex for {@code text}: a line is a record if this matches it, and its named groups are
 *     the record's columns
 * @param lookups columns that are translations of others
 * @param explode array expression over the record; each element becomes a record of its own, in the
 *     column {@code _item}
 * @param ignored names of fields that are no news where neither schema nor expression names them;
 *     one that ends in {@code *} stands for all that start so
 * @param manifest glob of files that say which data files are complete
 */
public record FileRules(
    Format format,
    Map<String, String> options,
    Optional<String> schema,
    Optional<String> records,
    Optional<String> headerFile,
    Map<String, String> skipRows,
    ShortRows shortRows,
    Optional<String> regex,
    List<Lookup> lookups,
    Optional<String> explode,
    Set<String> ignored,
    Optional<String> manifest) {

  /** How records stand in a file. */
  public enum Format {
    /** Separated values, one record a line (or more with the option {@code multiLine}). */
    CSV,
    /** Values separated by tabs, never quoted; with the option {@code escape} tabs may be data. */
    TSV,
    /** JSON documents, arrays of records, or one after the other, over any number of lines. */
    JSON,
    /** One JSON object a line. */
    JSONL,
    /** XML documents; each element of one name is a record. */
    XML,
    /** Parquet files. */
    PARQUET,
    /** Avro container files, their records taken as JSON. */
    AVRO,
    /** One record a line, in the column {@code value} or the groups of a regular expression. */
    TEXT,
    /** W3C extended log files, whose {@code #Fields} lines name the columns. */
    W3C
  }

  /** What becomes of a row with fewer fields than there are names. */
  public enum ShortRows {
    /** It is malformed: perhaps the rest of it is lost. */
    MALFORMED,
    /** Its last fields are null: the vendor adds columns at the end and rewrites no old row. */
    FILL
  }

  /**
   * A column that is the translation of another.
   *
   * @param name the new column
   * @param column the column that holds the codes
   * @param file name of a file in the data file's folder
   * @param key its column of codes, where it is CSV with a header; empty where its lines are code,
   *     tab, meaning
   * @param value its column of meanings; several of one code are parted by semicolons
   */
  public record Lookup(String name, String column, String file, String key, String value)
      implements Serializable {}

  public FileRules {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(shortRows, "shortRows");
    options = Map.copyOf(options);
    skipRows = Map.copyOf(skipRows);
    lookups = List.copyOf(lookups);
    ignored = Set.copyOf(ignored);
  }

  /** These rules, but each element of the array {@code list} is a record. */
  public FileRules exploding(String list) {
    return new FileRules(
        format,
        options,
        schema,
        records,
        headerFile,
        skipRows,
        shortRows,
        regex,
        lookups,
        Optional.of(list),
        ignored,
        manifest);
  }
}
