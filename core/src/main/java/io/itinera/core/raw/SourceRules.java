package io.itinera.core.raw;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the records of one source become touchpoints, profiles or both.
 *
 * <p>Every expression is Spark SQL over the columns of the record.
 *
 * @param name the source's name, as in the column {@code source}
 * @param format how records are cut from files
 * @param options options of Spark's reader for that format, such as {@code header} or {@code sep}
 * @param path glob of the raw files
 * @param timeZone zone of times that name none
 * @param region ISO 3166 country in which telephone numbers without a country code are read
 * @param schema columns of the record as Spark DDL; empty lets the files tell
 * @param records for {@code json}: path of the array inside a document whose elements are the
 *     records, such as {@code conversations}; empty where each document is a record
 * @param where records for which this is not true are left out, reason {@code filtered}
 * @param versionAt instant in the record by which deliveries of the same record compete; empty
 *     falls back to the file's logical date
 * @param winner which of several deliveries of one record stays
 * @param unidentified what becomes of a touchpoint without any identifier
 * @param redated whether a record may be delivered again under another day; false spares a lookup
 *     where the record's id fixes its time
 * @param maxRejectedShare share of rejected records (without filtered ones) beyond which the night
 *     fails, 0 to 1
 * @param touchpoint how a record becomes a touchpoint
 * @param profile how a record becomes a profile
 */
public record SourceRules(
    String name,
    Format format,
    Map<String, String> options,
    String path,
    ZoneId timeZone,
    String region,
    Optional<String> schema,
    Optional<String> records,
    Optional<String> where,
    Optional<String> versionAt,
    Winner winner,
    Unidentified unidentified,
    boolean redated,
    double maxRejectedShare,
    Optional<MappingRules> touchpoint,
    Optional<MappingRules> profile) {

  /** How records are cut from a file. */
  public enum Format {
    /** Separated values, one record a line (or more with the option {@code multiLine}). */
    CSV,
    /** JSON documents, arrays of records, or one after the other, over any number of lines. */
    JSON,
    /** One JSON object a line. */
    JSONL,
    /** Parquet files. */
    PARQUET,
    /** One record a line, in the column {@code value}. */
    TEXT
  }

  /** Which of several deliveries of one record stays. */
  public enum Winner {
    LATEST_UPDATED,
    EARLIEST_RECEIVED
  }

  /** What becomes of a touchpoint without any identifier. */
  public enum Unidentified {
    REJECT,
    KEEP
  }

  public SourceRules {
    Objects.requireNonNull(name, "name");
    options = Map.copyOf(options);
    if (touchpoint.isEmpty() && profile.isEmpty()) {
      throw new IllegalArgumentException(
          "source %s yields nothing: give it a touchpoint or a profile block".formatted(name));
    }
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "max-rejected-share must be between 0 and 1, was " + maxRejectedShare);
    }
  }
}
