package io.itinera.core.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.spark.sql.api.java.UDF2;

/**
 * The number by which an identifier is known while components are sought: the first 64 bits of a
 * keyed SHA-256. Two identifiers of one number would be one person's, and whoever chooses
 * identifiers, such as cookies, can make others with the same hash where it needs no key.
 */
final class KeyedNode implements UDF2<String, String, Long> {

  private static final long serialVersionUID = 1L;

  private final String key;

  KeyedNode(String key) {
    this.key = key;
  }

  @Override
  public Long call(String type, String value) {
    String text = key + "|node|" + type + "|" + value;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "KeyedNode";
  }
}
