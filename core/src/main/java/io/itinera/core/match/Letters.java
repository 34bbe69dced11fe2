package io.itinera.core.match;

/**
 * The signs of a text, as far as two numbers tell: which it has, which it has twice, and how many
 * there are beyond.
 *
 * @param once bit set of the signs it has
 * @param twice bit set of those it has twice
 * @param more signs beyond the second of a kind
 * @param length all signs
 */
record Letters(long once, long twice, int more, int length) {

  static Letters of(String text) {
    long once = 0;
    long twice = 0;
    int more = 0;
    for (int i = 0; i < text.length(); i++) {
      long bit = 1L << (text.charAt(i) & 63);
      if ((once & bit) == 0) {
        once |= bit;
      } else if ((twice & bit) == 0) {
        twice |= bit;
      } else {
        more++;
      }
    }
    return new Letters(once, twice, more, text.length());
  }

  /** So many signs of one text can have a partner in the other, at most. */
  int common(Letters other) {
    int common =
        Long.bitCount(once & other.once)
            + Long.bitCount(twice & other.twice)
            + Math.max(more, other.more);
    return Math.min(common, Math.min(length, other.length));
  }
}
