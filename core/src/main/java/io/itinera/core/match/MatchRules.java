package io.itinera.core.match;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How records are compared, and what is enough for one person.
 *
 * @param fields by which records are compared, at most {@value #MOST_FIELDS}
 * @param blocks what two records must have in common to be compared; one of them is enough
 * @param groups what holds for groups of records
 * @param pairsPerRecord so many pairs are compared for each record on average; of blocks the
 *     largest go first. At least 1
 */
public record MatchRules(
    List<MatchField> fields, List<BlockRule> blocks, GroupRules groups, double pairsPerRecord)
    implements Serializable {

  /** So many levels fit into one number. */
  public static final int MOST_FIELDS = 20;

  /** So many rules are told apart in one number. */
  public static final int MOST_BLOCKS = 30;

  /** So many pairs are compared whatever the number of records. */
  static final long FEWEST_PAIRS = 1_000_000;

  /**
   * What holds for groups of records.
   *
   * @param precision share of the pairs in groups that shall truly be one person's, between 0 and
   *     1: the suggested threshold is the best of those that keep it
   * @param weight two groups become one only if the mean weight of all pairs across them is at
   *     least this, in bits; an edge that alone would join them otherwise is held for review
   * @param oneToOne sources of which a person has one record at most
   */
  public record GroupRules(double precision, double weight, Set<String> oneToOne)
      implements Serializable {

    public GroupRules {
      if (!(precision > 0 && precision < 1)) {
        throw new IllegalArgumentException("precision must be between 0 and 1, was " + precision);
      }
      // In an order of their own: settings are compared as texts, from one night to the next.
      oneToOne = Collections.unmodifiableSet(new TreeSet<>(oneToOne));
    }
  }

  public MatchRules {
    fields = List.copyOf(fields);
    blocks = List.copyOf(blocks);
    if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "fields must be 1 to %d, were %d".formatted(MOST_FIELDS, fields.size()));
    }
    if (blocks.isEmpty() || blocks.size() > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks must be 1 to %d, were %d".formatted(MOST_BLOCKS, blocks.size()));
    }
    if (!(pairsPerRecord >= 1)) {
      throw new IllegalArgumentException(
          "pairs-per-record must be at least 1, was " + pairsPerRecord);
    }
  }

  /** So many pairs are compared of so many records. */
  long budget(long records) {
    return Math.max(FEWEST_PAIRS, (long) (pairsPerRecord * records));
  }

  List<String> names() {
    return fields.stream().map(MatchField::name).toList();
  }
}
