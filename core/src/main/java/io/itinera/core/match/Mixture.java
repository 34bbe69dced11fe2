package io.itinera.core.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/**
 * The three kinds of pairs that a {@link MatchModel} knows, at one pair after the other: how likely
 * its levels are in each kind, compared with strangers.
 */
final class Mixture {

  private static final double LN2 = Math.log(2);
  private static final int EXACT = Level.EXACT.code();
  private static final int SWAPPED = Level.SWAPPED.code();

  /** Share of relatives who are alike in nothing that is a person's own, at least. */
  private static final double FEWEST_UNLIKE = 0.1;

  private final int[] groups;
  private final List<String> groupNames;
  private final int[] partners;
  private final boolean[] areShared;
  private final double[][] same;
  private final double[][] related;
  private final double[][] strange;
  private final double[] keptLogs;
  private final double[] changed;
  private final double prior;
  private final double priorRelated;
  private final double strangers;
  private final int[] parts;
  private final double[] alike;
  private final double unlike;

  private final double[] found;
  private final double[] inGroup;
  private final boolean[] hasGroup;
  private final double[] inPart;
  private int partsThere;
  private double logSame;
  private double logRelated;

  Mixture(MatchModel model) {
    List<MatchField> fields = model.fields();
    groupNames = groupNames(fields);
    groups = fields.stream().mapToInt(field -> groupNames.indexOf(field.group())).toArray();
    partners = partners(fields);
    areShared = new boolean[fields.size()];
    for (int field = 0; field < areShared.length; field++) {
      areShared[field] = fields.get(field).isShared();
    }
    same = logs(model.same());
    related = logs(model.related());
    strange = logs(model.stranger());
    keptLogs = groupNames.stream().mapToDouble(name -> Math.log(model.kept().get(name))).toArray();
    changed = groupNames.stream().mapToDouble(name -> 1 - model.kept().get(name)).toArray();
    prior = Math.log(model.prior());
    priorRelated = Math.log(model.priorRelated());
    strangers = 1 - model.prior() - model.priorRelated();
    OwnParts own = OwnParts.of(fields);
    parts = own.ofFields();
    alike =
        own.names().stream().mapToDouble(name -> model.alike().getOrDefault(name, 0.0)).toArray();
    unlike = Math.max(FEWEST_UNLIKE, 1 - Arrays.stream(alike).sum());
    inPart = new double[alike.length];
    found = new double[fields.size()];
    inGroup = new double[groupNames.size()];
    hasGroup = new boolean[groupNames.size()];
  }

  static List<String> groupNames(List<MatchField> fields) {
    List<String> names = new ArrayList<>();
    for (MatchField field : fields) {
      if (field.group() != null && !names.contains(field.group())) {
        names.add(field.group());
      }
    }
    return names;
  }

  /** Of a field that may be swapped with an earlier one, the place of that; else -1. */
  static int[] partners(List<MatchField> fields) {
    List<String> names = fields.stream().map(MatchField::name).toList();
    int[] partners = fields.stream().mapToInt(field -> names.indexOf(field.partner())).toArray();
    for (int field = 0; field < partners.length; field++) {
      if (partners[field] > field) {
        partners[field] = -1;
      }
    }
    return partners;
  }

  private static double[][] logs(double[][] shares) {
    return Arrays.stream(shares)
        .map(levels -> Arrays.stream(levels).map(Math::log).toArray())
        .toArray(double[][]::new);
  }

  /** The level of a field that counts: of two fields that are swapped, the first tells it all. */
  static int level(long pattern, int field, int[] partners) {
    int level = Level.at(pattern, field);
    return level == SWAPPED && partners[field] >= 0 && Level.at(pattern, partners[field]) == SWAPPED
        ? 0
        : level;
  }

  /**
   * Reads one pair.
   *
   * @param logs frequencies of the values that agree exactly, to base 2, from {@code from} on
   */
  void read(long pattern, float[] logs, int from) {
    logSame = prior;
    logRelated = priorRelated;
    Arrays.fill(inGroup, 0);
    Arrays.fill(hasGroup, false);
    Arrays.fill(inPart, 0);
    partsThere = 0;
    for (int field = 0; field < groups.length; field++) {
      int level = level(pattern, field, partners);
      found[field] = 0;
      if (level == 0) {
        continue;
      }
      double stranger = level == EXACT ? logs[from + field] * LN2 : strange[field][level];
      double more = same[field][level] - stranger;
      found[field] = more;
      if (groups[field] >= 0) {
        inGroup[groups[field]] += more;
        hasGroup[groups[field]] = true;
      } else {
        logSame += more;
      }
      double shared = areShared[field] ? related[field][level] - stranger : 0;
      logRelated += shared;
      if (parts[field] >= 0) {
        inPart[parts[field]] += more - shared;
        partsThere |= 1 << parts[field];
      }
    }
    readParts();
    for (int group = 0; group < inGroup.length; group++) {
      if (hasGroup[group]) {
        logSame += whole(group);
      }
    }
  }

  /** Relatives who agree in what they need not, each part as one person's records do. */
  private void readParts() {
    double all = unlike;
    for (int part = 0; part < inPart.length; part++) {
      inPart[part] = alike[part] == 0 ? 0 : alike[part] * Math.exp(inPart[part]);
      all += inPart[part];
    }
    for (int part = 0; part < inPart.length; part++) {
      inPart[part] /= all;
    }
    logRelated += Math.log(all);
  }

  /** A group as a whole: as it was, or changed, which makes strangers' values of all. */
  private double whole(int group) {
    double kept = keptLogs[group] + inGroup[group];
    return kept > 40 ? kept : Math.log(Math.exp(kept) + changed[group]);
  }

  double weight() {
    return (logSame - Math.log(Math.exp(logRelated) + strangers)) / LN2;
  }

  /** Probability that the pair is one person's. */
  double isSame() {
    return 1 / (1 + Math.exp(Math.log(Math.exp(logRelated) + strangers) - logSame));
  }

  /** Probability that the pair is of relatives. */
  double isRelated() {
    double rest = Math.exp(Math.min(700, logSame)) + strangers;
    return 1 / (1 + rest * Math.exp(-logRelated));
  }

  /** Whether relatives alike in a part would differ from one person in another one. */
  boolean tellsAlike(int part) {
    return (partsThere & ~(1 << part)) != 0;
  }

  /** Given that the pair is of relatives, the probability that they are alike in a part. */
  double isAlike(int part) {
    return inPart[part];
  }

  /** Given that the pair is one person's, the probability that a group did not change. */
  double isKept(int group) {
    return hasGroup[group] ? Math.exp(keptLogs[group] + inGroup[group] - whole(group)) : 1;
  }

  boolean has(int group) {
    return hasGroup[group];
  }

  double strangers() {
    return strangers;
  }

  double fieldWeight(int field) {
    return found[field] / LN2;
  }

  /** What relatives take away, in bits: 0 where they could not agree so far. */
  double relatives() {
    return -Math.log(Math.exp(logRelated) / strangers + 1) / LN2;
  }

  /** Of each group that both records have something of, what it weighs beyond its fields. */
  void changes(ObjDoubleConsumer<String> change) {
    for (int group = 0; group < inGroup.length; group++) {
      if (hasGroup[group]) {
        change.accept(groupNames.get(group), (whole(group) - inGroup[group]) / LN2);
      }
    }
  }
}
