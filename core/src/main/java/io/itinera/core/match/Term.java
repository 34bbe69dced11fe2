package io.itinera.core.match;

/**
 * One value of a field, with what comparisons ask of it worked out once.
 *
 * @param text the value folded
 * @param skeleton its consonants, as {@link Fold#skeleton} makes them
 * @param script the writing that the value came in
 * @param letters which signs it has, to tell early that two texts differ much
 * @param nicknames numbers of the groups of given names that it belongs to, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Terms are compared by their texts; few have names.
record Term(String text, String skeleton, Script script, Letters letters, int[] nicknames) {

  private static final int[] NONE = {};

  /** Writing systems that are told apart. */
  enum Script {
    LATIN,
    CYRILLIC,
    ARABIC
  }

  /** The term of {@code value}; null if it says nothing. */
  static Term of(String value) {
    String folded = Fold.folded(value);
    return folded == null ? null : of(folded, script(value));
  }

  /** The term of a text that is folded, and came in a writing. */
  static Term of(String folded, Script script) {
    return new Term(folded, Fold.skeleton(folded), script, Letters.of(folded), NONE);
  }

  /** A term that is compared as it is. */
  static Term plain(String text, String skeleton) {
    return new Term(text, skeleton, Script.LATIN, Letters.of(skeleton), NONE);
  }

  Term named(int[] groups) {
    return new Term(text, skeleton, script, letters, groups);
  }

  /** A number that tells its text from others, without giving it away. */
  long hash() {
    return hash(text);
  }

  static long hash(String text) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    hash *= 0x9E3779B97F4A7C15L;
    return hash ^ hash >>> 32;
  }

  private static Script script(String value) {
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      if (sign >= 0x0400 && sign < 0x0530) {
        return Script.CYRILLIC;
      }
      if ((sign >= 0x0600 && sign < 0x0780) || (sign >= 0xFB50 && sign < 0xFEFF)) {
        return Script.ARABIC;
      }
    }
    return Script.LATIN;
  }
}
