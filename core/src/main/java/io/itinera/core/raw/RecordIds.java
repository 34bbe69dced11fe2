package io.itinera.core.raw;

import io.itinera.core.rule.SetIds;
import io.itinera.core.table.ColumnTypes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What makes a record the same, and its content the same, when it is delivered again. */
final class RecordIds {

  private static final String SEPARATOR = "|";
  private static final int BYTES = 16;

  /** As Spark's function xxhash64 begins. */
  private static final long SEED = 42;

  private RecordIds() {}

  /** 128 bits as hex: of the source and the record's own id. */
  static String fromRecordId(String source, String recordId) {
    return hash(source, recordId);
  }

  /**
   * 128 bits as hex: of the source, the record's text and its ordinal among equal records of its
   * file, so that two equal lines of one file are two and a file delivered twice is one.
   */
  static String fromText(String source, String record, int ordinal) {
    return hash(source, record, Integer.toString(ordinal));
  }

  private static String hash(String... parts) {
    String text = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(SEPARATOR));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The same as {@link SetIds#of} of {@code identifiers}; null without any. */
  static Long setId(List<Identifier> identifiers) {
    return identifiers.isEmpty() ? null : hash(identifiers, SEED);
  }

  /** The same as {@link SetIds#check} of {@code identifiers}; null without any. */
  static Long setCheck(List<Identifier> identifiers) {
    return identifiers.isEmpty()
        ? null
        : hash(identifiers, XxHash64Function.hash(SetIds.OTHER, DataTypes.LongType, SEED));
  }

  private static long hash(List<Identifier> identifiers, long seed) {
    DataType type = ColumnTypes.IDENTIFIER_LIST;
    return XxHash64Function.hash(
        SparkValues.hashed(identifiers, type), SparkValues.hashedType(type), seed);
  }

  /**
   * 64-bit hash of {@code contents}, which tells a null from an empty value and its place.
   *
   * @param types their types; entries of maps are hashed in the order of their keys
   */
  static long contentHash(Object[] contents, List<DataType> types) {
    long hash = SEED;
    for (int i = 0; i < contents.length; i++) {
      Object value = SparkValues.hashed(contents[i], types.get(i));
      if (value != null) {
        hash = XxHash64Function.hash(value, SparkValues.hashedType(types.get(i)), hash);
      }
      hash = XxHash64Function.hash(value == null, DataTypes.BooleanType, hash);
    }
    return hash;
  }
}
