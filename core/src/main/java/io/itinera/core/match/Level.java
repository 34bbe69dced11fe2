package io.itinera.core.match;

/** How far two values of one field agree, from not at all to fully. */
public enum Level {
  /** One of the two is not there, which says nothing. */
  MISSING(0),
  /** Plainly different. */
  DIFFERENT(1),
  /** Alike at second sight: Jaro–Winkler from 0.8, an initial, another house of the same street. */
  NEAR(2),
  /** A slip of the pen apart: Jaro–Winkler from 0.92, one sign, two signs in turned order. */
  CLOSE(3),
  /** Each stands in the other's place: first name and surname, day and month. */
  SWAPPED(4),
  /**
   * The same sounds in another script; of e-mail addresses made from names that agree: nearly the
   * same.
   */
  TRANSLITERATED(5),
  /**
   * A short form of the same given name; of e-mail addresses made from names that agree: the same.
   */
  NICKNAME(6),
  /** The same. */
  EXACT(7);

  /** Bits of a pattern that a level takes. */
  static final int BITS = 3;

  /** Of e-mail addresses, where the names they are made from agree: the same. */
  static final Level SAME_AS_NAMED = NICKNAME;

  /** Of e-mail addresses, where the names they are made from agree: nearly the same. */
  static final Level CLOSE_AS_NAMED = TRANSLITERATED;

  private static final Level[] ALL = values();

  private final int code;

  Level(int code) {
    this.code = code;
  }

  /**
   * Its number in a pattern, the place of its probabilities in a model; they agree more and more.
   */
  public int code() {
    return code;
  }

  static final int COUNT = ALL.length;

  /** The level of a field in a pattern of levels. */
  static Level in(long pattern, int field) {
    return ALL[at(pattern, field)];
  }

  /** The number of the level of a field in a pattern. */
  static int at(long pattern, int field) {
    return (int) (pattern >>> (BITS * field)) & (COUNT - 1);
  }
}
