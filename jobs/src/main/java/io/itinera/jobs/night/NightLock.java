package io.itinera.jobs.night;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one run at a time write into a warehouse: a file that says who runs.
 *
 * <p>The holder touches the file every {@link #BEAT}. A lock is left over, and taken over, when its
 * process is gone from this machine or it was not touched for {@link #STALE}.
 */
final class NightLock {

  static final Duration BEAT = Duration.ofSeconds(15);
  static final Duration STALE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(NightLock.class);
  private static final String FILE = "_itinera.lock";

  private final FileSystem files;
  private final Path path;
  private final String holder;
  private final Timer beat;

  private NightLock(FileSystem files, Path path, String holder) {
    this.files = files;
    this.path = path;
    this.holder = holder;
    this.beat = new Timer("itinera-lock", true);
    beat.schedule(
        new TimerTask() {
          @Override
          public void run() {
            touch();
          }
        },
        BEAT.toMillis(),
        BEAT.toMillis());
  }

  /**
   * Does {@code work} while holding the lock of {@code warehouse}.
   *
   * @throws WarehouseBusyException if another run holds it
   */
  static <T> T whileHeld(String warehouse, String runId, Configuration hadoop, Supplier<T> work) {
    NightLock lock = take(warehouse, runId, hadoop);
    try {
      return work.get();
    } finally {
      lock.release();
    }
  }

  private static NightLock take(String warehouse, String runId, Configuration hadoop) {
    Path path = new Path(warehouse, FILE);
    String holder =
        "%s|%s|%d|%s".formatted(runId, host(), ProcessHandle.current().pid(), started());
    try {
      FileSystem files = path.getFileSystem(hadoop);
      files.mkdirs(path.getParent());
      if (!write(files, path, holder)) {
        String other = read(files, path);
        if (!isLeftOver(files, path, other)) {
          throw new WarehouseBusyException(warehouse, other);
        }
        files.delete(path, false);
        if (!write(files, path, holder)) {
          throw new WarehouseBusyException(warehouse, read(files, path));
        }
      }
      return new NightLock(files, path, holder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write the lock %s; is the warehouse writable?".formatted(path), e);
    }
  }

  private void release() {
    beat.cancel();
    try {
      if (holder.equals(read(files, path))) {
        files.delete(path, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the lock " + path, e);
    }
  }

  private void touch() {
    try {
      files.setTimes(path, System.currentTimeMillis(), -1);
    } catch (IOException e) {
      LOG.warn("Cannot touch the lock {}", path, e);
    }
  }

  private static boolean write(FileSystem files, Path path, String holder) throws IOException {
    try (FSDataOutputStream out = files.create(path, false)) {
      out.write(holder.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static String read(FileSystem files, Path path) throws IOException {
    if (!files.exists(path)) {
      return "";
    }
    try (FSDataInputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isLeftOver(FileSystem files, Path path, String other) throws IOException {
    String[] parts = other.split("\\|", -1);
    if (parts.length >= 3 && parts[1].equals(host())) {
      return ProcessHandle.of(Long.parseLong(parts[2])).isEmpty();
    }
    long touched = files.getFileStatus(path).getModificationTime();
    return Instant.now().isAfter(Instant.ofEpochMilli(touched).plus(STALE));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static Instant started() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
