package io.itinera.jobs.night;

import io.itinera.jobs.lake.NumberedEntries;
import io.itinera.jobs.night.NightLock.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * Starts several runs at the same time, round after round: as threads of this process, or, by
 * {@link #main}, as one of several processes that meet at files.
 */
final class LockRounds {

  static final Timing QUICK = new Timing(Duration.ofMillis(500), Duration.ofSeconds(5));

  /** Read once: thousands of starts would else spend their time on Hadoop's defaults. */
  private static final Configuration HADOOP = new Configuration();

  private LockRounds() {}

  /**
   * How many of {@code starts} simultaneous starts hold {@code warehouse} once all have got it or
   * were refused. One that stalls longer than the grace time loses it to another, and does not
   * count.
   */
  static int holders(Path warehouse, int starts) throws Exception {
    AtomicInteger holders = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(starts);
    Thread[] threads = new Thread[starts];
    for (int i = 0; i < starts; i++) {
      threads[i] = new Thread(() -> start(warehouse, together, holders));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return holders.get();
  }

  private static void start(Path warehouse, CyclicBarrier together, AtomicInteger holders) {
    NightLock lock = null;
    try {
      together.await(2, TimeUnit.MINUTES);
      try {
        lock = contest(warehouse, "threads").win();
      } catch (WarehouseBusyException e) {
        // Refused.
      }
      together.await(2, TimeUnit.MINUTES);
      if (lock != null) {
        try {
          lock.requireHeld();
          holders.incrementAndGet();
        } catch (LockLostException e) {
          // Stalled too long.
        }
      }
      together.await(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** Leaves the lock of somebody who died. */
  static void leaveDeadHolder(Path warehouse) throws IOException {
    entries(warehouse)
        .add(0, LockEntry.of("dead", "nightly", Instant.EPOCH).after(LockEntry.FREE).text());
  }

  static LockContest contest(Path warehouse, String name) throws IOException {
    return new LockContest(
        warehouse.toString(),
        entries(warehouse),
        LockEntry.of(name, "nightly", Instant.now()),
        QUICK,
        Progress.SILENT);
  }

  static NumberedEntries entries(Path warehouse) throws IOException {
    return new NumberedEntries(warehouse + "/_itinera_lock", new SparkConf(false), HADOOP);
  }

  /**
   * One of several processes: in each round waits for the file {@code go/ROUND}, tries to get the
   * lock of {@code ROUND}, writes {@code result/ROUND-NAME}, and keeps it until {@code end/ROUND}
   * is there.
   *
   * @param args folder, name, number of rounds
   */
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    int rounds = Integer.parseInt(args[2]);
    for (int round = 0; round < rounds; round++) {
      LockContest contest = contest(home.resolve("" + round), args[1]);
      Path result = home.resolve("result").resolve(round + "-" + args[1]);
      Files.createFile(home.resolve("ready").resolve(round + "-" + args[1]));
      await(home.resolve("go").resolve("" + round));
      try (NightLock lock = contest.win()) {
        lock.requireHeld();
        say(result, "held");
        await(home.resolve("end").resolve("" + round));
      } catch (WarehouseBusyException e) {
        say(result, "refused");
      }
    }
  }

  private static void say(Path result, String what) throws IOException {
    Path written = Files.writeString(result.resolveSibling(result.getFileName() + ".new"), what);
    Files.move(written, result);
  }

  static void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(0, 200_000);
    }
  }
}
