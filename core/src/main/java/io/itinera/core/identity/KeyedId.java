package io.itinera.core.identity;

import io.itinera.core.rule.Sha256;
import java.util.HexFormat;
import org.apache.spark.sql.api.java.UDF2;

/**
 * Keyed hash of an anchor: two nested SHA-256 as in HMAC (RFC 2104), so that nobody without the key
 * can test whether an id belongs to an e-mail address. The key shows in no text made of it.
 */
final class KeyedId implements UDF2<String, String, String> {

  private static final long serialVersionUID = 1L;

  private static final int ID_LENGTH = 32;

  private final String key;

  KeyedId(String key) {
    this.key = key;
  }

  @Override
  public String call(String type, String value) {
    if (type == null || value == null) {
      return null;
    }
    String inner = sha256(key + "|" + type + "|" + value);
    return sha256(key + "|" + inner).substring(0, ID_LENGTH);
  }

  @Override
  public String toString() {
    return "KeyedId";
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
