package io.itinera.core.match;

import java.util.ArrayList;
import java.util.List;

/**
 * About which fields a rule that brings records together says nothing.
 *
 * <p>Those that a rule names are not free. Nor are those in which its pairs agree though they are
 * strangers: then the block is on a value made from the field, such as initials from names, or on
 * one that implies it, as a postal code implies the city.
 */
final class FreeFields {

  private static final double OFTEN = 0.4;
  private static final double LIFT = 4;
  private static final double FEWEST = 30;

  private final MatchRules rules;
  private final long[] spoiled;
  private final int groups;
  private final long[] membersOfGroup;

  FreeFields(MatchRules rules, int groups) {
    this.rules = rules;
    this.groups = groups;
    spoiled = new long[rules.blocks().size()];
    for (int rule = 0; rule < spoiled.length; rule++) {
      for (int field : rules.blocks().get(rule).fields()) {
        spoiled[rule] |= 1L << field;
      }
    }
    membersOfGroup = new long[groups];
    List<String> names = Mixture.groupNames(rules.fields());
    for (int field = 0; field < rules.fields().size(); field++) {
      int group = names.indexOf(rules.fields().get(field).group());
      if (group >= 0) {
        membersOfGroup[group] |= 1L << field;
      }
    }
  }

  int groups() {
    return groups;
  }

  /** The fields that at least one of some rules says nothing about. */
  long fields(int by) {
    long free = 0;
    for (int left = by; left != 0; left &= left - 1) {
      free |= ~spoiled[Integer.numberOfTrailingZeros(left)];
    }
    return free;
  }

  /** The groups of which at least one of some rules says nothing about any field. */
  long groups(int by) {
    long free = 0;
    for (int left = by; left != 0; left &= left - 1) {
      long named = spoiled[Integer.numberOfTrailingZeros(left)];
      for (int group = 0; group < groups; group++) {
        if ((named & membersOfGroup[group]) == 0) {
          free |= 1L << group;
        }
      }
    }
    return free;
  }

  /** Finds what rules say without naming it. */
  void learn(TrainingPairs pairs, MatchModel model) {
    int fields = rules.fields().size();
    double[][] strange = new double[spoiled.length][fields];
    double[][] strangeAgree = new double[spoiled.length][fields];
    for (int pair = 0; pair < pairs.count(); pair++) {
      for (int left = pairs.rules[pair]; left != 0; left &= left - 1) {
        int rule = Integer.numberOfTrailingZeros(left);
        for (int field = 0; field < fields; field++) {
          int level = Level.at(pairs.patterns[pair], field);
          if (level != 0) {
            int agrees = level >= Level.CLOSE.code() ? 1 : 0;
            strange[rule][field] += pairs.isStranger[pair];
            strangeAgree[rule][field] += agrees * pairs.isStranger[pair];
          }
        }
      }
    }
    for (int rule = 0; rule < spoiled.length; rule++) {
      for (int field = 0; field < fields; field++) {
        double usual = usual(model, field);
        double share = strangeAgree[rule][field] / strange[rule][field];
        if (strange[rule][field] >= FEWEST && share > OFTEN && share > LIFT * usual) {
          spoiled[rule] |= 1L << field;
        }
      }
    }
  }

  /** How often strangers agree in a field. */
  private static double usual(MatchModel model, int field) {
    double usual = 0;
    for (int level = Level.CLOSE.code(); level < Level.COUNT; level++) {
      usual += model.stranger()[field][level];
    }
    return usual;
  }

  /** Refuses a field of which no pair can tell anything. */
  void check(TrainingPairs pairs) {
    long free = 0;
    long seen = 0;
    List<String> working = new ArrayList<>();
    int used = 0;
    for (int pair = 0; pair < pairs.count(); pair++) {
      used |= pairs.rules[pair];
      long there = 0;
      for (int field = 0; field < rules.fields().size(); field++) {
        if (Level.at(pairs.patterns[pair], field) != 0) {
          there |= 1L << field;
        }
      }
      seen |= there;
      free |= there & fields(pairs.rules[pair]);
    }
    for (int rule = 0; rule < spoiled.length; rule++) {
      if ((used >>> rule & 1) == 1) {
        working.add(rules.blocks().get(rule).text());
      }
    }
    long lost = seen & ~free;
    if (lost != 0) {
      int field = Long.numberOfTrailingZeros(lost);
      throw new SpoiledFieldException(rules.fields().get(field).name(), working);
    }
  }
}
