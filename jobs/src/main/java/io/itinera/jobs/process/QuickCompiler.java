package io.itinera.jobs.process;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether this JVM compiles with its quick compiler alone ({@code -XX:TieredStopAtLevel=1}), and
 * whether it should. Most code of a command over little data runs too seldom to earn the second
 * compiler and the counters that it needs, a third of the command's processor time; over much data
 * the same few loops run for minutes, twice as fast with it.
 */
public final class QuickCompiler {

  /** Set by {@code scripts/itinera} where the JVM has the quick compiler alone. */
  static final String IS_ALONE = "itinera.quick-compiler";

  /** Bytes of all raw files, unpacked, and tables up to which it is the better one. */
  private static final long LITTLE_BYTES = 64L << 20;

  private static final Pattern PACKED = Pattern.compile("\\.(gz|bz2|zst)$");

  /** Bytes that a byte of a packed file usually becomes. */
  private static final long UNPACKED = 8;

  private QuickCompiler() {}

  /** Whether this JVM has no other. */
  public static boolean isAlone() {
    return Boolean.getBoolean(IS_ALONE);
  }

  /**
   * Whether all that a command of {@code config} may come to read is little, and on this machine.
   */
  public static boolean suits(ItineraConfig config) {
    List<String> globs = new ArrayList<>(List.of(config.warehouse()));
    config.sources().stream().map(SourceRules::path).forEach(globs::add);
    return suits(globs, LITTLE_BYTES);
  }

  static boolean suits(List<String> globs, long littleBytes) {
    List<Path> folders = new ArrayList<>();
    for (String glob : globs) {
      var path = new org.apache.hadoop.fs.Path(withoutPattern(glob));
      String scheme = path.toUri().getScheme();
      if (scheme != null && !scheme.equals("file")) {
        return false;
      }
      Path folder = Path.of(path.toUri().getPath()).toAbsolutePath().normalize();
      if (folders.stream().noneMatch(folder::startsWith)) {
        folders.removeIf(below -> below.startsWith(folder));
        folders.add(folder);
      }
    }
    Sum sum = new Sum(littleBytes);
    for (Path folder : folders) {
      sum.add(folder);
    }
    return sum.isLittle();
  }

  /** The last folder that {@code glob} names in full, or the file, if it names one. */
  private static String withoutPattern(String glob) {
    int pattern = 0;
    while (pattern < glob.length() && "*?[{".indexOf(glob.charAt(pattern)) < 0) {
      pattern++;
    }
    return pattern == glob.length() ? glob : glob.substring(0, glob.lastIndexOf('/', pattern) + 1);
  }

  /** The bytes of files, which it stops to add up once they are many. */
  private static final class Sum extends SimpleFileVisitor<Path> {

    private final long little;
    private long bytes;

    Sum(long little) {
      this.little = little;
    }

    void add(Path folder) {
      try {
        if (isLittle()) {
          Files.walkFileTree(folder, this);
        }
      } catch (IOException e) {
        // What cannot be listed is told of by what reads it.
        bytes = Long.MAX_VALUE;
      }
    }

    boolean isLittle() {
      return bytes <= little;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean isPacked = PACKED.matcher(file.toString()).find();
      bytes += isPacked ? UNPACKED * attributes.size() : attributes.size();
      return isLittle() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
