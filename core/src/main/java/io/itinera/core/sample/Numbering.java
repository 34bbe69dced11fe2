package io.itinera.core.sample;

import java.util.UUID;

/** Numbers as different systems give them: unique for each person and ordinal, without pattern. */
final class Numbering {

  private static final long MASK = (1L << 40) - 1;
  private static final int ORDINALS = 4096;
  private static final long EIGHT_DIGIT_PRIME = 99_999_989L;
  private static final String BASE62 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private Numbering() {}

  /** A bijection on 40 bits of the person (28 bits) and the ordinal (12 bits). */
  static long scrambled(long seed, long person, int ordinal) {
    long value = (person * ORDINALS + ordinal) & MASK;
    for (int round = 0; round < 3; round++) {
      value = (value * 0xE9_3C85_1F65L + (seed & MASK) + round) & MASK;
      value ^= value >>> 19;
    }
    return value;
  }

  /** Eight digits, unique for each {@code number} below 99,999,988. */
  static String eightDigits(long number) {
    return "%08d".formatted((number + 1) * 48_271L % EIGHT_DIGIT_PRIME);
  }

  /** Thirteen digits. */
  static String digits(long scrambled) {
    return "%013d".formatted(scrambled);
  }

  static UUID uuid(long scrambled, long salt) {
    long high = (Dice.mix(scrambled + salt) & ~0xF000L) | 0x4000L;
    long low = (Dice.mix(high ^ scrambled) & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }

  /** A Salesforce id of 18 characters: 15 that tell, 3 that repeat which of them are capitals. */
  static String salesforceId(String prefix, long scrambled) {
    StringBuilder id = new StringBuilder(prefix).append("5g000");
    long rest = scrambled;
    for (int i = 0; i < 7; i++) {
      id.append(BASE62.charAt((int) (rest % 62)));
      rest /= 62;
    }
    for (int block = 0; block < 3; block++) {
      int capitals = 0;
      for (int i = 0; i < 5; i++) {
        capitals |= Character.isUpperCase(id.charAt(block * 5 + i)) ? 1 << i : 0;
      }
      id.append(SUFFIX.charAt(capitals));
    }
    return id.toString();
  }
}
