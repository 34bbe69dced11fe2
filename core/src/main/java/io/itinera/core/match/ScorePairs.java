package io.itinera.core.match;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How likely two records are one person's, by a model. Not for several threads at once. */
public final class ScorePairs {

  /** Name of the part of a weight that relatives take away. */
  public static final String RELATIVES = "(relatives)";

  /** Begin of the name of the part of a weight that a group changed as a whole gives back. */
  public static final String CHANGED = "(changed) ";

  /** Name of the part of a weight that stands before any comparison. */
  public static final String PRIOR = "(prior)";

  private static final double LN2 = Math.log(2);
  private static final int EXACT = Level.EXACT.code();

  private final RecordStore records;
  private final MatchModel model;
  private final Compare compare;
  private final Mixture mixture;
  private final float[] logs;

  public ScorePairs(RecordStore records, MatchModel model) {
    this.records = records;
    this.model = model;
    compare = new Compare(model.fields());
    mixture = new Mixture(model);
    logs = new float[model.fields().size()];
  }

  /** Weighs records that are given with each question. */
  ScorePairs(MatchModel model) {
    this(RecordStore.of(new Term[0][]), model);
  }

  /** The weight of all that is known of two records, in bits: 0 is an even chance. */
  public double weight(int left, int right) {
    return weight(records.get(left), records.get(right));
  }

  double weight(Term[] left, Term[] right) {
    long pattern = look(left, right);
    mixture.read(pattern, logs, 0);
    return mixture.weight();
  }

  /** The probability that belongs to a weight. */
  public static double probability(double weight) {
    return 1 / (1 + Math.exp(-weight * LN2));
  }

  /** The weight that belongs to a probability. */
  public static double weight(double probability) {
    return Math.log(probability / (1 - probability)) / LN2;
  }

  /**
   * What makes up a weight: of each field that both records have, of groups that changed as a
   * whole, of relatives, and of the prior. They add up to the weight.
   */
  public Map<String, Double> parts(int left, int right) {
    long pattern = look(records.get(left), records.get(right));
    mixture.read(pattern, logs, 0);
    Map<String, Double> parts = new LinkedHashMap<>();
    List<MatchField> fields = model.fields();
    parts.put(PRIOR, Math.log(model.prior() / mixture.strangers()) / LN2);
    for (int field = 0; field < fields.size(); field++) {
      if (Level.at(pattern, field) != 0) {
        parts.put(fields.get(field).name(), mixture.fieldWeight(field));
      }
    }
    mixture.changes((group, bits) -> parts.put(CHANGED + group, bits));
    parts.put(RELATIVES, mixture.relatives());
    return parts;
  }

  /** Of each field that both records have, how far they agree. */
  public Map<String, Level> levels(int left, int right) {
    long pattern = compare.pattern(records.get(left), records.get(right));
    Map<String, Level> levels = new LinkedHashMap<>();
    for (int field = 0; field < model.fields().size(); field++) {
      levels.put(model.fields().get(field).name(), Level.in(pattern, field));
    }
    return levels;
  }

  private long look(Term[] one, Term[] other) {
    long pattern = compare.pattern(one, other);
    for (int field = 0; field < logs.length; field++) {
      if (Level.at(pattern, field) == EXACT) {
        logs[field] = model.frequencies().log(field, one[field]);
      }
    }
    return pattern;
  }
}
