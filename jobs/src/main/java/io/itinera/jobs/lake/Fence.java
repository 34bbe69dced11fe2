package io.itinera.jobs.lake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a run that has lost its warehouse to another from committing.
 *
 * <p>A run asks before and after each commit whether it still holds the warehouse. In between, a
 * paused process could lose it without noticing. So each commit bears a number, as Delta's
 * idempotent writes do ({@code txnAppId}, {@code txnVersion}), higher than all of earlier holders:
 * once the new holder has committed to a table, Delta refuses or skips what the old one brings.
 */
public final class Fence {

  /** What numbers its commits. */
  static final String APPLICATION = "itinera";

  private static final long COMMITS_OF_A_RUN = 1_000_000;

  private final AtomicLong next;
  private final Runnable requireHeld;

  /**
   * @param token higher than that of every earlier holder
   * @param requireHeld throws if the warehouse is not held any more
   */
  public Fence(long token, Runnable requireHeld) {
    this.next = new AtomicLong(Math.multiplyExact(token, COMMITS_OF_A_RUN));
    this.requireHeld = requireHeld;
  }

  void requireHeld() {
    requireHeld.run();
  }

  /** The number of the next commit. */
  long number() {
    return next.incrementAndGet();
  }
}
