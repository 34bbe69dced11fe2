package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/**
 * Columns that say which delivery a stored row comes from, so that another one can compete with it
 * whenever it comes. Null in rows that were loaded before these columns were there: those lose.
 */
public final class Origin {

  public static final String RECORD_RANK = "record_rank";
  public static final String FILE_DATE = "file_date";
  public static final String FILE_WRITTEN_AT = "file_written_at";
  public static final String FILE_PATH = "file_path";

  /** Names of all these columns. */
  public static final List<String> COLUMNS =
      List.of(RECORD_RANK, FILE_DATE, FILE_WRITTEN_AT, FILE_PATH);

  private static final StructField[] FIELDS = {
    optional(
        RECORD_RANK,
        LongType,
        "rank that the vendor gives the delivery (rank of the source); the greater wins"),
    optional(FILE_DATE, DateType, "logical date of its file, from the file's name"),
    optional(FILE_WRITTEN_AT, TimestampType, "when its file was last written"),
    optional(FILE_PATH, StringType, "its file, as in loaded_files")
  };

  private Origin() {}

  /** {@code columns} of a table, followed by these. */
  static StructField[] after(StructField... columns) {
    return Stream.concat(Stream.of(columns), Stream.of(FIELDS)).toArray(StructField[]::new);
  }
}
