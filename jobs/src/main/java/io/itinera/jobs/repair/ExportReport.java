package io.itinera.jobs.repair;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.format.RejectedFile;
import io.itinera.jobs.repair.ExportRejected.Export;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.GlobPattern;

/** What an export of rejected records did, and what to mind when they are repaired. */
public final class ExportReport {

  private static final int SHOWN_FILES = 20;

  private ExportReport() {}

  /**
   * The report, a sentence a line.
   *
   * @param folder the files were written into
   */
  public static List<String> lines(SourceRules source, Export export, Path folder) {
    List<String> lines = new ArrayList<>();
    export.files().entrySet().stream()
        .limit(SHOWN_FILES)
        .forEach(file -> lines.add(count(file.getValue()) + " in " + file.getKey()));
    int more = export.files().size() - SHOWN_FILES;
    if (more > 0) {
      lines.add("and %,d more files".formatted(more));
    }
    long all = export.files().values().stream().mapToLong(Long::longValue).sum();
    lines.add("%s of source %s exported to %s".formatted(count(all), source.name(), folder));
    if (export.replaced() > 0) {
      lines.add(
          "Left out: %s of files that were loaded again.".formatted(count(export.replaced())));
    }
    if (export.textless() > 0) {
      lines.add("Left out: %s without text.".formatted(count(export.textless())));
    }
    if (!export.files().isEmpty()) {
      lines.addAll(hints(source, export.files().keySet().iterator().next()));
    }
    return lines;
  }

  private static List<String> hints(SourceRules source, Path example) {
    List<String> hints = new ArrayList<>();
    String format = source.files().format().name().toLowerCase(Locale.ROOT);
    if (RejectedFile.isBinary(source.files().format())) {
      hints.add(
          "Mind: these are JSON lines. Source %s reads %s: give it format = jsonl and their path for"
              .formatted(source.name(), format));
      hints.add("  the night that loads them.");
    } else if (!isNamed(source, example)) {
      hints.add(
          "Mind: %s does not fit the source's path %s; rename or pack it as that asks for."
              .formatted(example.getFileName(), source.path()));
    }
    boolean hasIds = source.blocks().map(MappingRules::recordId).allMatch(Optional::isPresent);
    if (source.files().explode().isPresent() && !hasIds) {
      hints.add(
          "Mind: without a record-id, what is right in a repaired record loads a second time.");
    }
    return hints;
  }

  /** Whether a path that names files by a pattern names this one; one that names a folder does. */
  private static boolean isNamed(SourceRules source, Path file) {
    GlobPattern names = new GlobPattern(new org.apache.hadoop.fs.Path(source.path()).getName());
    String name = file.getFileName().toString();
    String original = name.substring(0, name.lastIndexOf(".rejected-"));
    boolean namesFiles =
        names.matches(original)
            || RejectedFile.PACKINGS.stream()
                .anyMatch(packing -> names.matches(original + packing));
    return !namesFiles || names.matches(name);
  }

  private static String count(long records) {
    return String.format(Locale.ROOT, "%,d %s", records, records == 1 ? "record" : "records");
  }
}
