package io.itinera.jobs.night;

import io.itinera.jobs.lake.NumberedEntries;
import io.itinera.jobs.night.NightLock.Timing;
import io.itinera.jobs.night.NightLock.Won;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/**
 * One run's attempt to get the lock of a warehouse.
 *
 * @param entries of the lock, in their folder
 * @param me what this run would write
 * @param timing when a holder counts as dead
 * @param progress is told what the run waits for
 */
record LockContest(
    String warehouse, NumberedEntries entries, LockEntry me, Timing timing, Progress progress) {

  private static final String FOLDER = "_itinera_lock";
  private static final int LOOKS_PER_BEAT = 10;

  /** The contest over {@code warehouse}, whose entries lie in a folder of it. */
  static LockContest over(SparkSession spark, String warehouse, LockEntry me, Progress progress) {
    try {
      NumberedEntries entries =
          new NumberedEntries(
              warehouse.replaceAll("/+$", "") + "/" + FOLDER,
              spark.sparkContext().getConf(),
              spark.sessionState().newHadoopConf());
      return new LockContest(warehouse, entries, me, Timing.USUAL, progress);
    } catch (IOException e) {
      throw unwritable(warehouse, e);
    }
  }

  /**
   * Gets the lock.
   *
   * @throws WarehouseBusyException if another run holds it and lives
   */
  NightLock win() {
    try {
      while (true) {
        OptionalLong latest = entries.latest();
        LockEntry last = latest.isEmpty() ? LockEntry.FREE : read(latest.getAsLong());
        if (!last.isHeld() || standsStill(latest.getAsLong(), last)) {
          long mine = latest.orElse(-1) + 1;
          LockEntry taken = me.after(last);
          if (!entries.add(mine, taken.text())) {
            refuseIfHeld();
          } else if (entries.latest().orElse(mine) == mine) {
            return new NightLock(entries, new Won(mine, taken, last.isHeld()), timing);
          } else {
            // The number was one of long ago, cleaned away while this process was paused.
            entries.remove(mine);
          }
        }
      }
    } catch (IOException e) {
      throw unwritable(warehouse, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited for the warehouse", e);
    }
  }

  /**
   * Whether the number stays {@code latest} for all of the grace time; false if it comes to be
   * free.
   */
  private boolean standsStill(long latest, LockEntry last)
      throws IOException, InterruptedException {
    Duration look = timing.beat().dividedBy(LOOKS_PER_BEAT);
    long began = System.nanoTime();
    boolean isTold = false;
    while (System.nanoTime() - began < timing.grace().toNanos()) {
      Thread.sleep(look.toMillis());
      OptionalLong now = entries.latest();
      if (now.isEmpty()) {
        return false;
      }
      if (now.getAsLong() != latest) {
        LockEntry moved = read(now.getAsLong());
        if (!moved.isHeld()) {
          return false;
        }
        throw new WarehouseBusyException(warehouse, moved.isReadable() ? moved : last);
      }
      if (!isTold && System.nanoTime() - began > 2 * timing.beat().toNanos()) {
        isTold = true;
        progress.note(waiting(last));
      }
    }
    return true;
  }

  private static UncheckedIOException unwritable(String warehouse, IOException cause) {
    return new UncheckedIOException(
        "Cannot write the lock of %s; is the warehouse writable?".formatted(warehouse), cause);
  }

  private String waiting(LockEntry last) {
    return "%s holds %s but gives no sign of life; this run takes over if there is none for %d seconds"
        .formatted(
            last.isReadable() ? last.who() : "A run whose lock is damaged",
            warehouse,
            timing.grace().toSeconds());
  }

  /** Somebody was faster just now, so it lives; unless it is done already. */
  private void refuseIfHeld() throws IOException, InterruptedException {
    OptionalLong latest = entries.latest();
    LockEntry other = latest.isEmpty() ? LockEntry.FREE : read(latest.getAsLong());
    if (other.isHeld()) {
      throw new WarehouseBusyException(warehouse, other);
    }
  }

  /** Reads an entry, and again if it is just being written. */
  private LockEntry read(long number) throws InterruptedException {
    LockEntry entry = LockEntry.parse(entries.read(number));
    for (int looks = 0; looks < LOOKS_PER_BEAT / 2 && !entry.isReadable(); looks++) {
      Thread.sleep(timing.beat().dividedBy(LOOKS_PER_BEAT * LOOKS_PER_BEAT).toMillis() + 1);
      entry = LockEntry.parse(entries.read(number));
    }
    return entry;
  }
}
