package io.itinera.jobs.worlds;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that depends on a seed and a purpose only: what is added to a world for one purpose leaves
 * the rest of it as it was.
 */
final class Dice {

  private final SplittableRandom random;

  private Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static Dice of(long seed, String purpose) {
    return new Dice(seed * 0x9E3779B97F4A7C15L ^ purpose.hashCode() * 0xBF58476D1CE4E5B9L);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
