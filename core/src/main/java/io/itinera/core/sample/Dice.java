package io.itinera.core.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that depends on nothing but a seed, a purpose and a number. */
final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  static Dice of(long seed, String purpose, long number) {
    long salted = mix(seed + GOLDEN * purpose.hashCode());
    return new Dice(new SplittableRandom(mix(salted ^ (number * GOLDEN + 1))));
  }

  /** The finalizer of SplitMix64: a bijection on 64 bits. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  long bits() {
    return random.nextLong();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double share() {
    return random.nextDouble();
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** How many of the events that come {@code mean} times come this time (Knuth's method). */
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** An amount of money in cents, log-normal with the given mean in whole units, sigma 0.4. */
  long cents(double mean) {
    double normal = -6;
    for (int i = 0; i < 12; i++) {
      normal += random.nextDouble();
    }
    double factor = StrictMath.exp(0.4 * normal - 0.08);
    return Math.max(199, Math.round(mean * 100 * factor));
  }
}
