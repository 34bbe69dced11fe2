package io.itinera.jobs.stage;

import java.util.OptionalInt;

/**
 * How many customers are verified, and which.
 *
 * @param share of all customers, from 0 to 1
 * @param count so many instead, if given
 * @param seed start of the draw: another one draws others
 */
public record Draw(double share, OptionalInt count, long seed) {

  /** A share of all customers, from 0 to 1. */
  public static Draw of(double share, long seed) {
    return new Draw(share, OptionalInt.empty(), seed);
  }

  /** So many customers, or all if there are fewer. */
  public static Draw of(int count, long seed) {
    return new Draw(0, OptionalInt.of(count), seed);
  }
}
