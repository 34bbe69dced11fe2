package io.itinera.jobs.lake;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.delta.storage.LogStore;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Numbered entries in a folder, each a few lines of text. Of several processes that add the same
 * number at the same time exactly one succeeds.
 *
 * <p>Entries are written as Delta writes its log, by its {@link LogStore}, so this holds on every
 * store on which several processes may commit to a Delta table. Only on this machine's own files,
 * where Delta's store looks first and writes then, the operating system decides (O_EXCL).
 */
public final class NumberedEntries {

  private static final Pattern NAME = Pattern.compile("(\\d{19})\\.txt");

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;
  private final boolean isLocal;
  private final LogStore store;

  /**
   * @param spark settings that may name Delta's store for the folder's file system
   */
  public NumberedEntries(String folder, SparkConf spark, Configuration hadoop) throws IOException {
    this.hadoop = hadoop;
    Path path = new Path(folder);
    this.files = path.getFileSystem(hadoop);
    this.folder = files.makeQualified(path);
    this.isLocal = "file".equals(this.folder.toUri().getScheme());
    this.store = isLocal ? null : LogStore.apply(spark, hadoop);
    files.mkdirs(this.folder);
  }

  /** The highest number that was added; none in an empty folder. */
  public OptionalLong latest() throws IOException {
    return numbers().stream().mapToLong(Long::longValue).max();
  }

  /** Adds {@code text} under {@code number}; false, and nothing is changed, if it is taken. */
  public boolean add(long number, String text) throws IOException {
    try {
      if (isLocal) {
        addLocally(file(number), text);
      } else {
        store.write(path(number), lines(text), false, hadoop);
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** The text of an entry; empty if it is gone, damaged or still being written. */
  public String read(long number) {
    try {
      return isLocal
          ? readLocally(file(number))
          : String.join("\n", CollectionConverters.asJava(store.read(path(number), hadoop)));
    } catch (IOException e) {
      return "";
    }
  }

  /** Removes one entry. */
  public void remove(long number) throws IOException {
    files.delete(path(number), false);
  }

  /** Removes all entries below {@code number}. */
  public void removeBelow(long number) throws IOException {
    for (long each : numbers()) {
      if (each < number) {
        remove(each);
      }
    }
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : names()) {
      Matcher entry = NAME.matcher(name);
      if (entry.matches()) {
        numbers.add(Long.parseLong(entry.group(1)));
      }
    }
    return numbers;
  }

  private List<String> names() throws IOException {
    if (isLocal) {
      String[] names = new File(folder.toUri()).list();
      return names == null ? List.of() : List.of(names);
    }
    List<String> names = new ArrayList<>();
    // Some stores have no empty folders.
    if (files.exists(folder)) {
      Iterator<FileStatus> all = store.listFrom(path(0), hadoop);
      while (all.hasNext()) {
        names.add(all.next().getPath().getName());
      }
    }
    return names;
  }

  private static void addLocally(File file, String text) throws IOException {
    Files.createFile(file.toPath());
    // No channels: an interrupt would close them, and tell the wrong thing about the entry.
    try (OutputStream out = new FileOutputStream(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The disk is full: the number shall not be taken by a text that is not there.
      Files.deleteIfExists(file.toPath());
      throw e;
    }
  }

  private static String readLocally(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Iterator<String> lines(String text) {
    return CollectionConverters.asScala(text.lines().iterator());
  }

  private Path path(long number) {
    return new Path(folder, name(number));
  }

  private File file(long number) {
    return new File(path(number).toUri());
  }

  private static String name(long number) {
    return "%019d.txt".formatted(number);
  }
}
