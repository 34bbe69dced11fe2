package io.itinera.jobs.format;

import io.itinera.core.spark.EssentialColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file without columns that its source needs: another export than the source is for, in another
 * language or without its header. Or one with columns that bear names which the source gives to
 * values of its own.
 *
 * @param missing of each of these it has none
 * @param hidden columns that no expression of the source sees
 * @param present names of the columns that it has
 */
public record LackingFile(
    String source,
    String path,
    List<EssentialColumns> missing,
    List<String> hidden,
    List<String> present)
    implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;

  /** Where a file has no header its first record stands for it, and that is nobody's business. */
  private static final Pattern PERHAPS_DATA =
      Pattern.compile(".*@.*|.*\\d.*\\d.*\\d.*\\d.*|.{61,}");

  /**
   * What the file lacks of {@code essential}.
   *
   * @param names of its columns
   */
  static List<EssentialColumns> missing(
      Collection<EssentialColumns> essential, Collection<String> names) {
    return essential.stream().filter(columns -> !columns.areIn(names)).toList();
  }

  /** Those of {@code columns} that bear one of the small {@code names}. */
  static List<String> hidden(Set<String> names, Collection<String> columns) {
    return columns.stream().filter(name -> names.contains(name.toLowerCase(Locale.ROOT))).toList();
  }

  /** The columns that are missing, or should have other names. */
  public String lacks() {
    return Stream.concat(
            missing.stream().map(EssentialColumns::describe),
            hidden.stream().map("other name than %s (a value in let)"::formatted))
        .collect(Collectors.joining("; "));
  }

  /** The columns that are there, but for what looks like data. */
  public String has() {
    List<String> names =
        present.stream()
            .map(name -> PERHAPS_DATA.matcher(name).matches() ? "(not shown)" : name)
            .toList();
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - SHOWN;
    return more > 0 ? "%s and %d others".formatted(shown, more) : shown;
  }

  /** All of it, in a sentence or two. */
  public String sentence() {
    String file = "%s of source %s".formatted(path.substring(path.lastIndexOf('/') + 1), source);
    List<String> sentences = new ArrayList<>();
    if (!missing.isEmpty()) {
      String needs =
          missing.stream().map(EssentialColumns::describe).collect(Collectors.joining("; "));
      sentences.add(
          "%s lacks columns that its source needs: %s. It has: %s.".formatted(file, needs, has()));
    }
    if (!hidden.isEmpty()) {
      sentences.add(
          "%s has columns that no expression sees, because let gives their names to values: %s."
              .formatted(file, String.join(", ", hidden)));
    }
    return String.join(" ", sentences);
  }
}
