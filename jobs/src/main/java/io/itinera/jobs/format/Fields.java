package io.itinera.jobs.format;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a record that somebody asks for, and those that are not worth keeping; as Spark
 * compares names, upper and lower case are one.
 */
public final class Fields implements Serializable {

  private static final long serialVersionUID = 1;
  private static final String ALL = "*";

  /** No field is worth keeping. */
  static final Fields NONE = new Fields(List.of(), List.of(ALL));

  private final List<String> wanted;
  private final Set<String> known = new HashSet<>();
  private final Set<String> ignored = new HashSet<>();
  private final List<String> ignoredStarts;
  private final Set<String> spelt;
  private transient Map<String, Boolean> answers;

  /**
   * @param wanted names of the columns of a record, in the order of its cells
   * @param ignored names of fields to leave out; one that ends in {@code *} stands for all that
   *     start so
   */
  public Fields(List<String> wanted, Collection<String> ignored) {
    this(wanted, ignored, Set.of());
  }

  private Fields(List<String> wanted, Collection<String> ignored, Set<String> spelt) {
    this.wanted = List.copyOf(wanted);
    this.ignoredStarts =
        ignored.stream()
            .filter(name -> name.endsWith(ALL))
            .map(name -> folded(name.substring(0, name.length() - ALL.length())))
            .toList();
    this.spelt = Set.copyOf(spelt);
    wanted.forEach(name -> known.add(folded(name)));
    ignored.forEach(name -> this.ignored.add(folded(name)));
  }

  /** The same fields where a reader finds them only as they are spelt here. */
  public Fields asSpelt() {
    Set<String> patterns = new HashSet<>(ignored);
    ignoredStarts.forEach(start -> patterns.add(start + ALL));
    return new Fields(wanted, patterns, Set.copyOf(wanted));
  }

  List<String> wanted() {
    return wanted;
  }

  /** Whether {@code name} is a field that nobody asked for, but that is worth keeping. */
  public boolean isOther(String name) {
    if (answers == null) {
      answers = new HashMap<>();
    }
    return answers.computeIfAbsent(name, this::isUnknown);
  }

  private boolean isUnknown(String name) {
    String folded = folded(name);
    boolean isKnown = spelt.isEmpty() ? known.contains(folded) : spelt.contains(name);
    return !isKnown
        && !ignored.contains(folded)
        && ignoredStarts.stream().noneMatch(folded::startsWith);
  }

  /** Place of the field {@code name} among the wanted; -1 if it is none. */
  int placeOf(String name) {
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A name as Spark compares it: in upper and lower case it is one. */
  public static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
