package io.itinera.jobs.stage;

import java.util.List;
import java.util.Locale;

/**
 * What came of making some customers' rows anew.
 *
 * @param counts how much was looked at
 * @param differencesCount values, and rows, that are others than they should be
 * @param differences the first of them, in order
 */
public record Verified(Counts counts, long differencesCount, List<Difference> differences) {

  public Verified {
    differences = List.copyOf(differences);
  }

  /** How many rows were made anew. */
  public record Counts(long customers, long touchpoints, long sessions, long journeys) {}

  /**
   * A stored value that is another one than it should be, without either.
   *
   * @param table that has it
   * @param key of its row
   * @param column that has it, or what is wrong with the whole row
   */
  public record Difference(String table, String key, String column) {}

  /** Whether all that is stored is what it should be. */
  public boolean areAlike() {
    return differencesCount == 0;
  }

  /** What was looked at and what was found, as a sentence without its full stop. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s after making %,d customers anew: %,d touchpoints, %,d sessions, %,d journeys",
        areAlike()
            ? "no difference"
            : String.format(
                Locale.ROOT,
                "%,d differences in %s",
                differencesCount,
                String.join(", ", tables())),
        counts.customers(),
        counts.touchpoints(),
        counts.sessions(),
        counts.journeys());
  }

  private List<String> tables() {
    return differences.stream().map(Difference::table).distinct().sorted().toList();
  }
}
