package io.itinera.jobs.lake;

import io.itinera.core.raw.SourceRules;
import io.itinera.jobs.raw.RawFile;
import io.itinera.jobs.raw.ReadFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of landing folders. Nothing else in the project reads raw files. */
public final class RawFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RawFiles.class);

  private RawFiles() {}

  /**
   * The files that the source's path names, sorted; those below a folder that it names, too. Files
   * whose names start with a dot or an underscore are still being written, or no data. None is
   * worth a warning, but no error: nothing was delivered.
   */
  public static List<RawFile> list(SparkSession spark, SourceRules source) {
    Configuration settings = spark.sessionState().newHadoopConf();
    Path glob = new Path(source.path());
    List<RawFile> files = new ArrayList<>();
    try {
      FileSystem fileSystem = glob.getFileSystem(settings);
      FileStatus[] found = fileSystem.globStatus(glob);
      for (FileStatus status : found == null ? new FileStatus[0] : found) {
        collect(fileSystem, status, files);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list %s of source %s".formatted(source.path(), source.name()), e);
    }
    if (files.isEmpty()) {
      LOG.warn("Source {} has no files: nothing matches {}", source.name(), source.path());
    }
    files.sort(Comparator.comparing(RawFile::path));
    return List.copyOf(files);
  }

  /** Whether {@code folder} is there. */
  public static boolean isFolder(SparkSession spark, String folder) {
    Path path = new Path(folder);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sessionState().newHadoopConf());
      return fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for the folder " + folder, e);
    }
  }

  /**
   * Reads {@code files} of {@code source}.
   *
   * @return rows of {@link io.itinera.core.raw.RawRecords} with the record's own columns, and those
   *     that the source's expressions name but the files lack, as null
   */
  public static Dataset<Row> read(SparkSession spark, SourceRules source, List<RawFile> files) {
    return ReadFiles.read(spark, source, files);
  }

  private static void collect(FileSystem fileSystem, FileStatus status, List<RawFile> files)
      throws IOException {
    String name = status.getPath().getName();
    if (name.startsWith(".") || name.startsWith("_")) {
      return;
    }
    if (status.isFile()) {
      files.add(
          new RawFile(
              status.getPath().toString(),
              status.getLen(),
              Instant.ofEpochMilli(status.getModificationTime())));
      return;
    }
    for (FileStatus child : fileSystem.listStatus(status.getPath())) {
      collect(fileSystem, child, files);
    }
  }
}
