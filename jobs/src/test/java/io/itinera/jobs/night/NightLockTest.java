package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.itinera.jobs.lake.NumberedEntries;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One holder, whatever happens. {@code -Dlock.starts=10000} tries so many times what happens when
 * several start at once.
 */
@ExtendWith(SparkExtension.class)
class NightLockTest {

  private static final int STARTS = Integer.getInteger("lock.starts", 50);
  private static final int AT_ONCE = 4;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneOfSimultaneousStartsHoldsTheWarehouse(boolean isLeftByTheDead) throws Exception {
    // Each round waits for most of its time: for a dead holder's lock it takes the grace time.
    ExecutorService waiting = Executors.newFixedThreadPool(Math.max(50, STARTS / 50));
    List<Callable<Integer>> rounds = new ArrayList<>();
    for (int round = 0; round < STARTS; round++) {
      Path warehouse = folder.resolve("" + round);
      if (isLeftByTheDead) {
        LockRounds.leaveDeadHolder(warehouse);
      }
      rounds.add(() -> LockRounds.holders(warehouse, AT_ONCE));
    }
    List<Integer> holders = new ArrayList<>();
    for (Future<Integer> round : waiting.invokeAll(rounds)) {
      holders.add(round.get());
    }
    waiting.shutdown();

    assertThat(holders).hasSize(STARTS).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneOfSeveralProcessesHoldsTheWarehouse(boolean isLeftByTheDead) throws Exception {
    // Each takes as long as the grace time, or a beat, and they come one after the other.
    int rounds =
        Math.min(isLeftByTheDead ? 30 : 200, Math.max(3, STARTS / (isLeftByTheDead ? 40 : 10)));
    for (String name : List.of("ready", "go", "result", "end")) {
      Files.createDirectory(folder.resolve(name));
    }
    if (isLeftByTheDead) {
      for (int round = 0; round < rounds; round++) {
        LockRounds.leaveDeadHolder(folder.resolve("" + round));
      }
    }
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      processes.add(process("p" + i, rounds));
    }
    List<Long> holders = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < AT_ONCE; i++) {
        awaitFrom(folder.resolve("ready").resolve(round + "-p" + i), processes.get(i));
      }
      Files.createFile(folder.resolve("go").resolve("" + round));
      List<String> results = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Path result = folder.resolve("result").resolve(round + "-p" + i);
        awaitFrom(result, processes.get(i));
        results.add(Files.readString(result));
      }
      holders.add(results.stream().filter("held"::equals).count());
      Files.createFile(folder.resolve("end").resolve("" + round));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(holders).hasSize(rounds).containsOnly(1L);
  }

  @Test
  void secondIsToldAtOnceWhoRunsAndSinceWhen() throws IOException {
    try (NightLock held = LockRounds.contest(folder, "20260131T020000.000").win()) {
      long began = System.nanoTime();

      assertThatThrownBy(() -> LockRounds.contest(folder, "second").win())
          .isInstanceOf(WarehouseBusyException.class)
          .hasMessageMatching(
              "nightly 20260131T020000\\.000 \\(process \\d+ on \\S+, since 20\\S+\\) is writing"
                  + " into \\S+\\. Nothing was changed\\. Wait for it to end, then run again\\.");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LockRounds.QUICK.grace());
      held.requireHeld();
    }
  }

  @Test
  void lockThatWasGivenBackIsTakenAtOnce() throws IOException {
    for (int night = 0; night < 3; night++) {
      long began = System.nanoTime();
      try (NightLock lock = LockRounds.contest(folder, "n").win()) {
        assertThat(lock.isTakenOver()).isFalse();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LockRounds.QUICK.grace());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "held", "\u0000\u0000\u0000", "held\nholder=x\nwho=y\ntoken=99999"})
  void damagedLockIsTakenOverWhenItStandsStill(String text) throws IOException {
    LockRounds.entries(folder).add(7, text);
    // However new it may look.
    Path entry = folder.resolve("_itinera_lock/0000000000000000007.txt");
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now().plus(Duration.ofDays(9))));

    try (NightLock lock = LockRounds.contest(folder, "n").win()) {
      assertThat(lock.isTakenOver()).isTrue();
      lock.requireHeld();
    }
  }

  @Test
  void holderThatSleptTooLongMayNotWriteAnyMore() throws IOException {
    LockRounds.leaveDeadHolder(folder);
    NumberedEntries entries = LockRounds.entries(folder);
    LockEntry sleeper = LockEntry.parse(entries.read(0));
    // Its heart never beats by itself: this process was stopped.
    NightLock asleep =
        new NightLock(
            entries,
            new NightLock.Won(0, sleeper, false),
            new NightLock.Timing(Duration.ofDays(1), Duration.ofDays(1)));
    try (NightLock lock = LockRounds.contest(folder, "next").win()) {
      Throwable lost = catchThrowable(asleep::requireHeld);
      asleep.close();

      assertThat(lost)
          .isInstanceOf(LockLostException.class)
          .hasMessageContaining("nightly dead")
          .hasMessageContaining("that nightly next");
      assertThat(lock.token()).isGreaterThan(sleeper.token());
      lock.requireHeld();
    }
  }

  @Test
  void tooOldNumberDoesNotCount() throws IOException {
    NumberedEntries entries = LockRounds.entries(folder);
    LockRounds.leaveDeadHolder(folder);
    entries.add(500, entries.read(0));
    entries.remove(0);

    assertThat(entries.latest()).isEqualTo(OptionalLong.of(500));
    try (NightLock lock = LockRounds.contest(folder, "n").win()) {
      lock.requireHeld();
      try (Stream<Path> files = Files.list(folder.resolve("_itinera_lock"))) {
        assertThat(files.map(each -> each.getFileName().toString()).sorted())
            .startsWith("0000000000000000500.txt");
      }
    }
  }

  @Test
  void holdsOnAStoreToo(SparkSession session) throws IOException {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.s3a.impl", Bucket.class.getName());
    SparkConf spark = session.sparkContext().getConf();
    NumberedEntries entries = new NumberedEntries("s3a://bucket" + folder + "/lock", spark, hadoop);

    assertThat(entries.latest()).isEmpty();
    assertThat(entries.add(0, "one\ntwo")).isTrue();
    assertThat(entries.add(0, "three")).isFalse();
    assertThat(entries.read(0)).isEqualTo("one\ntwo");
    assertThat(entries.add(1, "four")).isTrue();
    entries.removeBelow(1);
    assertThat(entries.latest()).isEqualTo(OptionalLong.of(1));
    assertThat(entries.read(0)).isEmpty();
  }

  /** Local files under the name of a store. */
  public static final class Bucket extends RawLocalFileSystem {

    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("s3a://bucket");
    }

    @Override
    public java.io.File pathToFile(org.apache.hadoop.fs.Path path) {
      return new java.io.File(path.toUri().getPath());
    }
  }

  private Process process(String name, int rounds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LockRounds.class.getName(),
            folder.toString(),
            name,
            String.valueOf(rounds))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private void awaitFrom(Path file, Process process) throws Exception {
    while (!Files.exists(file)) {
      if (!process.isAlive() && !Files.exists(file)) {
        throw new IllegalStateException(logs());
      }
      Thread.sleep(0, 200_000);
    }
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < AT_ONCE; i++) {
      byte[] log = Files.readAllBytes(folder.resolve("p" + i + ".log"));
      all.append(new String(log, StandardCharsets.UTF_8));
    }
    return all.toString();
  }
}
