package io.itinera.jobs.night;

import io.itinera.jobs.lake.NumberedEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one run at a time write into a warehouse.
 *
 * <p>The lock is a row of {@link NumberedEntries}; the highest says who holds it. It is taken by
 * adding the next number, which only one can; its holder shows that it lives by adding numbers
 * again and again; and it gives the lock back by an entry that says so. Who finds the lock held
 * watches: if the number grows, the holder lives; if it stands still for all of the grace time, by
 * the watcher's own clock, the holder is dead, whatever its process id or its clock may say.
 */
final class NightLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NightLock.class);

  /** Entries that stay for those who have listed them and not yet looked again. */
  private static final int KEPT = 300;

  private final NumberedEntries entries;
  private final LockEntry holder;
  private final boolean isTakenOver;
  private final ScheduledExecutorService heart;
  private final ScheduledFuture<?> beats;
  private long number;
  private Optional<LockEntry> successor = Optional.empty();
  private boolean isClosed;

  /**
   * How time is measured.
   *
   * @param beat time between two signs of life
   * @param grace for so long there must be none until the lock is taken over
   */
  record Timing(Duration beat, Duration grace) {
    static final Timing USUAL = new Timing(Duration.ofSeconds(3), Duration.ofMinutes(1));
  }

  /**
   * The entry that won the lock.
   *
   * @param number the entry's
   * @param holder what it says
   * @param isTakenOver whether the last holder never gave the lock back
   */
  record Won(long number, LockEntry holder, boolean isTakenOver) {}

  NightLock(NumberedEntries entries, Won won, Timing timing) {
    this.entries = entries;
    this.number = won.number();
    this.holder = won.holder();
    this.isTakenOver = won.isTakenOver();
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "itinera-lock");
              thread.setDaemon(true);
              return thread;
            });
    long millis = timing.beat().toMillis();
    cleanQuietly();
    this.beats =
        heart.scheduleAtFixedRate(this::beatQuietly, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A number higher than that of every earlier holder. */
  long token() {
    return holder.token();
  }

  /** Whether the last holder never gave the lock back: it may be paused, and wake up. */
  boolean isTakenOver() {
    return isTakenOver;
  }

  /**
   * Adds a sign of life.
   *
   * @throws LockLostException if another run has taken the warehouse over
   */
  synchronized void requireHeld() {
    if (isClosed) {
      throw new IllegalStateException("the run has given the warehouse back");
    }
    try {
      beat();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the lock of the warehouse", e);
    }
    if (successor.isPresent()) {
      throw new LockLostException(holder, successor.get());
    }
  }

  /** Gives the lock back, if it is still held. */
  @Override
  public synchronized void close() {
    isClosed = true;
    beats.cancel(false);
    heart.shutdown();
    try {
      if (successor.isEmpty()) {
        entries.add(number + 1, holder.released().text());
      }
    } catch (IOException e) {
      // The work is done; whoever comes next waits until the grace time is over.
      LOG.warn("Cannot give the lock back", e);
    }
  }

  private synchronized void beatQuietly() {
    try {
      beat();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot give a sign of life; another run may take the warehouse over", e);
    }
  }

  private void beat() throws IOException {
    if (isClosed || successor.isPresent()) {
      return;
    }
    long next = number + 1;
    if (!entries.add(next, holder.text())) {
      LockEntry there = LockEntry.parse(entries.read(next));
      if (!there.isOfSameHolder(holder)) {
        successor = Optional.of(there);
        return;
      }
      // Our own, of which the store had said that it failed.
    }
    number = next;
    if (number % KEPT == 0) {
      requireHighest();
      entries.removeBelow(number - KEPT);
    }
  }

  private void cleanQuietly() {
    try {
      entries.removeBelow(number - KEPT);
    } catch (IOException e) {
      LOG.warn("Cannot remove old entries of the lock", e);
    }
  }

  private void requireHighest() throws IOException {
    if (entries.latest().orElse(number) != number) {
      // Somebody removed the folder, and another run began anew in it.
      successor = Optional.of(LockEntry.parse(entries.read(entries.latest().getAsLong())));
    }
  }
}
