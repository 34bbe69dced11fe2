package io.itinera.jobs.read;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.Companions;
import io.itinera.jobs.files.ListFiles;
import io.itinera.jobs.files.PickReady;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.LackingFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
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

  /** All files that may be read now: {@link #list(SparkSession, SourceRules, Predicate)}. */
  public static List<RawFile> list(SparkSession spark, SourceRules source) {
    return list(spark, source, file -> true);
  }

  /**
   * The data files that the source's path names, and those below a folder that it names, sorted.
   * Files whose names start with a dot or an underscore are still being written, or no data. A file
   * whose header file, lookup file or manifest is not there yet waits. None at all is worth a
   * warning, but no error: nothing was delivered.
   *
   * @param isWanted which files to take; for others no manifest is read
   */
  public static List<RawFile> list(
      SparkSession spark, SourceRules source, Predicate<RawFile> isWanted) {
    return look(spark, source).ready(isWanted);
  }

  /** Lists what there is for {@code source}, so that somebody can say which of it is wanted. */
  public static Listing look(SparkSession spark, SourceRules source) {
    Configuration settings = spark.sessionState().newHadoopConf();
    Companions companions = new Companions(settings, source.files());
    List<RawFile> files = new ArrayList<>();
    try {
      FileSystem fileSystem = new Path(source.path()).getFileSystem(settings);
      new ListFiles(fileSystem, companions::isNameOfOne, status -> files.add(RawFile.of(status)))
          .list(source.path(), !companions.areNone());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list %s of source %s".formatted(source.path(), source.name()), e);
    }
    files.removeIf(companions::take);
    if (files.isEmpty()) {
      LOG.warn("Source {} has no files: nothing matches {}", source.name(), source.path());
    }
    List<RawFile> sorted =
        files.stream().distinct().sorted(Comparator.comparing(RawFile::path)).toList();
    return new Listing(settings, source, companions, sorted);
  }

  /** The data files of one source, and what lies beside them. */
  public static final class Listing {

    private final Configuration hadoop;
    private final SourceRules source;
    private final Companions companions;
    private final List<RawFile> files;

    private Listing(
        Configuration hadoop, SourceRules source, Companions companions, List<RawFile> files) {
      this.hadoop = hadoop;
      this.source = source;
      this.companions = companions;
      this.files = files;
    }

    public SourceRules source() {
      return source;
    }

    /** All files, also those that wait, sorted by their paths. */
    public List<RawFile> files() {
      return files;
    }

    /** Those that are wanted and may be read now; for others no manifest is read. */
    public List<RawFile> ready(Predicate<RawFile> isWanted) {
      return PickReady.pick(hadoop, source, companions, files.stream().filter(isWanted).toList());
    }
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
   * @param lacking learns of files that lack columns that the source needs, once they are read
   * @return rows of {@link io.itinera.core.source.RawRecords} with the record's own columns, and
   *     those that the source's expressions name but the files lack, as null
   */
  public static Dataset<Row> read(
      SparkSession spark, SourceRules source, List<RawFile> files, LackingFiles lacking) {
    return ReadRawFiles.read(spark, source, files, lacking);
  }

  /** The same, where nobody asks for such files. */
  public static Dataset<Row> read(SparkSession spark, SourceRules source, List<RawFile> files) {
    return read(spark, source, files, LackingFiles.none(spark));
  }
}
