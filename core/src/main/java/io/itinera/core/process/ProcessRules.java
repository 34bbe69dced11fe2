package io.itinera.core.process;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What is asked of a process.
 *
 * @param parts what is told beside the graph
 * @param intended the path that was meant; empty where none is
 * @param mostVariants so many of the most frequent variants are told
 * @param buckets so many tasks share the cases: one holds the events of its own
 */
public record ProcessRules(
    Set<Part> parts, List<IntendedStep> intended, int mostVariants, int buckets)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Beside the graph. */
  public enum Part {
    /** Whole sequences of names. */
    VARIANTS,
    /** What is done again, and how many events lie between. */
    REWORK,
    /** What comes at any later time, and how long after. */
    FOLLOWS
  }

  /**
   * A step of the path that was meant.
   *
   * @param names any of these events is the step
   * @param isOptional whether it may be left out
   * @param mayRepeat whether it may come several times in a row
   */
  public record IntendedStep(List<String> names, boolean isOptional, boolean mayRepeat)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public IntendedStep {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a step of an intended path needs a name");
      }
    }

    /** As it is told: names, and how often. */
    String text() {
      String all = String.join("/", names);
      return all + (isOptional ? mayRepeat ? "*" : "?" : mayRepeat ? "+" : "");
    }
  }

  public ProcessRules {
    parts = Set.copyOf(parts);
    intended = List.copyOf(intended);
    if (mostVariants < 0 || buckets < 1) {
      throw new IllegalArgumentException(
          "at least 0 variants and 1 bucket, were %d and %d".formatted(mostVariants, buckets));
    }
  }
}
