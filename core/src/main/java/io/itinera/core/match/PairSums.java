package io.itinera.core.match;

import java.util.List;

/** Sums over a stretch of pairs, which are added in order: doubles add differently in another. */
final class PairSums {

  private static final int LEVELS = Level.COUNT;

  private final FreeFields free;
  private final int fields;
  private final int[] partners;
  private final int[] groups;

  /** Of each field and level how many pairs of one person have it. */
  final double[][] same;

  /** The same of relatives. */
  final double[][] related;

  /** Of each group of fields how many pairs of one person kept it, and how many have it. */
  final double[][] kept;

  /**
   * Of each part that is a person's own, how many pairs of relatives are alike in it, and how many
   * have it; without another such part, they could as well be one person's.
   */
  final double[][] alike;

  private final int[] parts;
  private double allSame;
  private double allRelated;

  PairSums(MatchRules rules, FreeFields free) {
    this.free = free;
    fields = rules.fields().size();
    partners = Mixture.partners(rules.fields());
    List<String> names = Mixture.groupNames(rules.fields());
    groups = rules.fields().stream().mapToInt(field -> names.indexOf(field.group())).toArray();
    same = new double[fields][LEVELS];
    related = new double[fields][LEVELS];
    kept = new double[free.groups()][2];
    OwnParts own = OwnParts.of(rules.fields());
    parts = own.ofFields();
    alike = new double[own.count()][2];
  }

  /** Pairs from one number on, up to another. */
  record Stretch(int from, int to) {}

  /** Sums, and says of each pair how likely it is what. */
  PairSums of(MatchModel model, TrainingPairs pairs, Stretch stretch) {
    Mixture mixture = new Mixture(model);
    for (int pair = stretch.from(); pair < stretch.to(); pair++) {
      mixture.read(pairs.patterns[pair], pairs.logs, pair * fields);
      double one = mixture.isSame();
      double two = mixture.isRelated();
      pairs.isSame[pair] = one;
      pairs.isStranger[pair] = Math.max(0, 1 - one - two);
      allSame += one;
      allRelated += two;
      add(mixture, pairs, pair);
    }
    return this;
  }

  private void add(Mixture mixture, TrainingPairs pairs, int pair) {
    double one = pairs.isSame[pair];
    double two = mixture.isRelated();
    long freeGroups = free.groups(pairs.rules[pair]);
    for (int group = 0; group < kept.length; group++) {
      if (mixture.has(group) && (freeGroups >>> group & 1) == 1) {
        kept[group][0] += one * mixture.isKept(group);
        kept[group][1] += one;
      }
    }
    for (int part = 0; part < alike.length; part++) {
      if (mixture.tellsAlike(part)) {
        alike[part][0] += two * mixture.isAlike(part);
        alike[part][1] += two;
      }
    }
    long freeFields = free.fields(pairs.rules[pair]);
    for (int field = 0; field < fields; field++) {
      int level = Mixture.level(pairs.patterns[pair], field, partners);
      if (level != 0 && (freeFields >>> field & 1) == 1) {
        same[field][level] += groups[field] < 0 ? one : one * mixture.isKept(groups[field]);
        related[field][level] += parts[field] < 0 ? two : two * (1 - mixture.isAlike(parts[field]));
      }
    }
  }

  /** Pairs of one person. */
  double allSame() {
    return allSame;
  }

  /** Pairs of relatives. */
  double allRelated() {
    return allRelated;
  }

  void add(PairSums next) {
    allSame += next.allSame;
    allRelated += next.allRelated;
    add(kept, next.kept);
    add(same, next.same);
    add(related, next.related);
    add(alike, next.alike);
  }

  private static void add(double[][] sums, double[][] more) {
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] += more[i][j];
      }
    }
  }
}
