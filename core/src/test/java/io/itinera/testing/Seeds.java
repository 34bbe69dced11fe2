package io.itinera.testing;

import java.util.stream.LongStream;

/** Seeds of random tests: a few, or ten times as many with {@code -Dlong.seeds=true}. */
public final class Seeds {

  private static final int MANY = Boolean.getBoolean("long.seeds") ? 10 : 1;

  private Seeds() {}

  /** The seeds from 1 to {@code few}, or to ten times as many. */
  public static LongStream upTo(int few) {
    return LongStream.rangeClosed(1, (long) few * MANY);
  }
}
