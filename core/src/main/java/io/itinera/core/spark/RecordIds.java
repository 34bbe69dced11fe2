package io.itinera.core.spark;

import io.itinera.core.rule.Identifier;
import io.itinera.core.rule.SetIds;
import io.itinera.core.rule.Texts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** What makes a record the same, and its content the same, when it is delivered again. */
public final class RecordIds {

  private static final String SEPARATOR = "|";
  private static final int BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();

  /** To look for one among the machine's providers takes longer than to use it. */
  private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(RecordIds::sha);

  /** As Spark's function xxhash64 begins. */
  private static final long SEED = 42;

  private RecordIds() {}

  /** 128 bits as hex: of the source and the record's own id. */
  public static String fromRecordId(String source, String recordId) {
    return hash(source, recordId);
  }

  /**
   * 128 bits as hex: of the source, the record's text and its ordinal among equal records of its
   * file, so that two equal lines of one file are two and a file delivered twice is one.
   */
  public static String fromText(String source, String record, int ordinal) {
    return hash(source, record, Integer.toString(ordinal));
  }

  private static String hash(String... parts) {
    StringJoiner text = new StringJoiner(SEPARATOR);
    for (String part : parts) {
      if (part != null) {
        text.add(part);
      }
    }
    byte[] digest = SHA.get().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HEX.formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The same as {@link SetIds#of} of {@code identifiers}; null without any. */
  public static Long setId(List<Identifier> identifiers) {
    return identifiers.isEmpty() ? null : hashOf(identifiers, SEED);
  }

  /** The same as {@link SetIds#check} of {@code identifiers}; null without any. */
  public static Long setCheck(List<Identifier> identifiers) {
    return identifiers.isEmpty()
        ? null
        : hashOf(identifiers, XxHash64Function.hash(SetIds.OTHER, DataTypes.LongType, SEED));
  }

  /**
   * 64-bit hash of {@code contents}, which tells a null from an empty value and its place.
   *
   * @param types their types; entries of maps are hashed in the order of their keys
   */
  public static long contentHash(Object[] contents, List<DataType> types) {
    long hash = SEED;
    for (int i = 0; i < contents.length; i++) {
      Object value = contents[i];
      if (value instanceof String text) {
        hash = hashOf(text, hash);
      } else if (value instanceof Map<?, ?> map) {
        hash = hashOf(map, hash);
      } else if (value instanceof List<?> list) {
        hash = hashOf(list, hash);
      } else if (value != null) {
        DataType type = types.get(i);
        hash = XxHash64Function.hash(SparkValues.of(value, type), type, hash);
      }
      hash = XxHash64Function.hash(value == null, DataTypes.BooleanType, hash);
    }
    return hash;
  }

  // As Spark's function xxhash64 goes through a value, field by field; a null leaves the hash as it
  // is.

  private static long hashOf(String text, long seed) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, seed);
  }

  private static long hashOf(List<?> list, long seed) {
    long hash = seed;
    for (Object item : list) {
      if (item instanceof Identifier id) {
        hash = hashOf(id.value(), hashOf(id.type(), hash));
      } else if (item != null) {
        hash = hashOf((String) item, hash);
      }
    }
    return hash;
  }

  /** Spark cannot hash maps; a list of their entries, sorted by name, it can. */
  private static long hashOf(Map<?, ?> map, long seed) {
    String[] names = map.keySet().toArray(String[]::new);
    Arrays.sort(names, Texts.ORDER);
    long hash = seed;
    for (String name : names) {
      hash = hashOf(name, hash);
      Object content = map.get(name);
      if (content instanceof String text) {
        hash = hashOf(text, hash);
      } else if (content != null) {
        hash = XxHash64Function.hash(content, DataTypes.BooleanType, hash);
      }
    }
    return hash;
  }
}
