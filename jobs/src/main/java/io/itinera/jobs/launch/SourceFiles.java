package io.itinera.jobs.launch;

import io.itinera.core.raw.SourceRules;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The raw files that a source names, as far as one can tell without loading them.
 *
 * @param source the source's name
 * @param files how many there are
 * @param bytes their size together
 * @param problems what is wrong with them, the first few
 */
record SourceFiles(String source, int files, long bytes, List<String> problems) {

  private static final double MEGABYTE = 1e6;
  private static final int MOST_PROBLEMS = 5;

  /** Lists the files of {@code source} and looks at the beginning of each. */
  static SourceFiles of(SourceRules source, Configuration hadoop) throws IOException {
    Path glob = new Path(source.path());
    FileSystem system = glob.getFileSystem(hadoop);
    FileStatus[] found = system.globStatus(glob);
    if (found == null || found.length == 0) {
      return new SourceFiles(
          source.name(), 0, 0, List.of("%s: no file matches %s".formatted(source.name(), glob)));
    }
    CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);
    List<String> problems = new ArrayList<>();
    long bytes = 0;
    for (FileStatus file : found) {
      bytes += file.getLen();
      if (file.isFile() && problems.size() < MOST_PROBLEMS) {
        problems.addAll(problemsOf(source, file, system, codecs));
      }
    }
    return new SourceFiles(source.name(), found.length, bytes, problems);
  }

  String line() {
    return String.format(
        Locale.ROOT, "%-24s %,6d files %,10.1f MB", source, files, bytes / MEGABYTE);
  }

  private static List<String> problemsOf(
      SourceRules source, FileStatus file, FileSystem system, CompressionCodecFactory codecs) {
    CompressionCodec codec = codecs.getCodec(file.getPath());
    try (InputStream raw = system.open(file.getPath());
        InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
      return text.read() < 0
          ? List.of("%s: %s is empty".formatted(source.name(), file.getPath()))
          : List.of();
    } catch (FileNotFoundException problem) {
      return List.of("%s: %s cannot be opened".formatted(source.name(), file.getPath()));
    } catch (IOException problem) {
      return List.of(
          "%s: %s cannot be read (%s)"
              .formatted(source.name(), file.getPath(), Failures.cause(problem)));
    }
  }
}
