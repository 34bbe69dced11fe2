package io.itinera.core.identity;

import io.itinera.core.rule.Sha256;
import java.nio.ByteBuffer;
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
    return ByteBuffer.wrap(Sha256.of(key + "|node|" + type + "|" + value)).getLong();
  }

  @Override
  public String toString() {
    return "KeyedNode";
  }
}
