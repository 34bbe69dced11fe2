package io.itinera.jobs.nights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/**
 * Identifiers that are different and have the same hash, as whoever chooses them can make them.
 *
 * <p>XXH64 of sixteen bytes mixes one word of eight after the other into its state, each by a step
 * that can be undone. So for any first word there is a second one that leads to a given state; here
 * first words are tried until the second consists of letters and digits.
 */
final class SameHash {

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** Spark's seed. */
  private static final long SEED = 42;

  private SameHash() {}

  /** Another value than {@code value}, of sixteen letters and digits, with its hash. */
  static String other(String type, String value) {
    long start = hash(type) + PRIME_5 + 16;
    long first = word(value.substring(0, 8));
    long state = mixed(start, first) ^ spread(word(value.substring(8)));
    for (int i = 0; ; i++) {
      String text = String.format("x%07d", i);
      long second = gathered(state ^ mixed(start, word(text)));
      String rest = text(second);
      if (rest.matches("[A-Za-z0-9]{8}") && !value.equals(text + rest)) {
        return text + rest;
      }
    }
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, SEED);
  }

  private static long mixed(long state, long word) {
    return Long.rotateLeft(state ^ spread(word), 27) * PRIME_1 + PRIME_4;
  }

  private static long spread(long word) {
    return Long.rotateLeft(word * PRIME_2, 31) * PRIME_1;
  }

  private static long gathered(long spread) {
    return Long.rotateRight(spread * inverse(PRIME_1), 31) * inverse(PRIME_2);
  }

  /** The inverse of an odd number modulo 2⁶⁴, by Newton's iteration. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  private static long word(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static String text(long word) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(word).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
