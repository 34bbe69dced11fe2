package io.itinera.core.match;

import io.itinera.core.rule.Forest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Learns a {@link MatchModel} from records of which nobody has said who is who.
 *
 * <p>Expectation and maximisation in turn over the pairs of all blocks, against all pairs there
 * are: pairs outside blocks count as strangers. What a field is worth is learned only from pairs
 * that a rule brought together which says nothing about that field, so that a block on the surname
 * does not make the surname look reliable. What strangers share is counted on any two records, less
 * those that are likely one person's.
 */
public final class TrainModel {

  private static final int ROUNDS = 40;
  private static final int LEVELS = Level.COUNT;

  private static final int STRETCH = 16_384;

  private final RecordStore records;
  private final MatchRules rules;
  private final TrainingPairs pairs;
  private final FreeFields free;
  private final int fields;
  private final LevelShares shares;
  private final int[] partners;
  private final List<String> groupNames;
  private final int[] groups;
  private final double all;

  private MatchModel model;
  private final double[] isSame;
  private final double[] isStranger;

  private TrainModel(RecordStore records, MatchRules rules, BlockIndex blocks) {
    this.records = records;
    this.rules = rules;
    pairs = TrainingPairs.of(records, rules, blocks);
    fields = rules.fields().size();
    partners = Mixture.partners(rules.fields());
    shares = new LevelShares(rules.fields());
    groupNames = Mixture.groupNames(rules.fields());
    groups = rules.fields().stream().mapToInt(field -> groupNames.indexOf(field.group())).toArray();
    free = new FreeFields(rules, groupNames.size());
    all = Math.max(1, records.size() * (records.size() - 1.0) / 2);
    isSame = new double[pairs.count()];
    isStranger = new double[pairs.count()];
  }

  /**
   * Learns.
   *
   * @throws SpoiledFieldException if every rule that brings records together says something about
   *     the same field, so that nothing can be learned about it
   */
  public static Trained train(RecordStore records, MatchRules rules, BlockIndex blocks) {
    TrainModel training = new TrainModel(records, rules, blocks);
    training.start();
    for (int round = 0; round < ROUNDS; round++) {
      double before = training.model.prior();
      training.learn();
      boolean isSettled = Math.abs(training.model.prior() / before - 1) < 1e-5;
      if (round % 8 == 7 && round < 33) {
        training.free.learn(training.pairs, training.isStranger, training.model);
        training.recount();
      } else if (isSettled && round > 24) {
        break;
      }
    }
    training.free.check(training.pairs);
    return new Trained(training.model, training.reach());
  }

  /**
   * What was learned.
   *
   * @param model the model
   * @param reach estimated share of one person's pairs that at least one rule brings together: an
   *     upper bound, for rules that fail together are not seen to fail
   */
  public record Trained(MatchModel model, double reach) {}

  /**
   * From how many pairs only one rule found, and how many just two (Chao, Estimating the Population
   * Size for Capture–Recapture Data with Unequal Catchability, 1987).
   */
  private double reach() {
    double once = 0;
    double twice = 0;
    double found = 0;
    for (int pair = 0; pair < pairs.count(); pair++) {
      int times = Integer.bitCount(pairs.rules[pair]);
      found += isSame[pair];
      once += times == 1 ? isSame[pair] : 0;
      twice += times == 2 ? isSame[pair] : 0;
    }
    double missed = once * once / (2 * Math.max(1, twice));
    return found == 0 ? 1 : found / (found + missed);
  }

  private void start() {
    double[][] strangers = strangers(pattern -> 1);
    double[][] same = new double[fields][];
    double[][] related = new double[fields][];
    for (int field = 0; field < fields; field++) {
      same[field] = shares.same();
      related[field] = shares.related(field, strangers[field]);
    }
    Map<String, Double> kept = new LinkedHashMap<>();
    groupNames.forEach(name -> kept.put(name, shares.kept(name)));
    int[] alone = IntStream.range(0, records.size()).toArray();
    Frequencies frequencies = Frequencies.count(records, fields, alone);
    pairs.lookUp(records, frequencies);
    double size = records.size();
    model =
        new MatchModel(
            rules.fields(),
            same,
            related,
            strangers,
            Math.min(0.1, size * 0.3 / all),
            Math.min(0.1, size * 0.1 / all),
            kept,
            frequencies);
  }

  /** Sums over a stretch of pairs, which are added in order: doubles add differently in another. */
  private final class Sums {
    private final double[][] same = new double[fields][LEVELS];
    private final double[][] related = new double[fields][LEVELS];
    private final double[][] kept = new double[free.groups()][2];
    private double allSame;
    private double allRelated;

    private Sums of(int from, int to) {
      Mixture mixture = new Mixture(model);
      for (int pair = from; pair < to; pair++) {
        long pattern = pairs.patterns[pair];
        mixture.read(pattern, pairs.logs, pair * fields);
        double one = mixture.isSame();
        double two = mixture.isRelated();
        isSame[pair] = one;
        isStranger[pair] = Math.max(0, 1 - one - two);
        allSame += one;
        allRelated += two;
        long freeFields = free.fields(pairs.rules[pair]);
        for (int group = 0; group < kept.length; group++) {
          if (mixture.has(group) && (free.groups(pairs.rules[pair]) >>> group & 1) == 1) {
            kept[group][0] += one * mixture.isKept(group);
            kept[group][1] += one;
          }
        }
        for (int field = 0; field < fields; field++) {
          int level = Mixture.level(pattern, field, partners);
          if (level != 0 && (freeFields >>> field & 1) == 1) {
            same[field][level] += groups[field] < 0 ? one : one * mixture.isKept(groups[field]);
            related[field][level] += two;
          }
        }
      }
      return this;
    }

    private void add(Sums next) {
      allSame += next.allSame;
      allRelated += next.allRelated;
      for (int group = 0; group < kept.length; group++) {
        kept[group][0] += next.kept[group][0];
        kept[group][1] += next.kept[group][1];
      }
      for (int field = 0; field < fields; field++) {
        for (int level = 0; level < LEVELS; level++) {
          same[field][level] += next.same[field][level];
          related[field][level] += next.related[field][level];
        }
      }
    }
  }

  private void learn() {
    int stretches = (pairs.count() + STRETCH - 1) / STRETCH;
    List<Sums> parts =
        IntStream.range(0, stretches)
            .parallel()
            .mapToObj(i -> new Sums().of(i * STRETCH, Math.min(pairs.count(), (i + 1) * STRETCH)))
            .toList();
    Sums sums = new Sums();
    parts.forEach(sums::add);
    double[][] same = new double[fields][];
    double[][] related = new double[fields][];
    for (int field = 0; field < fields; field++) {
      double[] strangers = model.stranger()[field];
      same[field] = shares.same(field, sums.same[field], strangers);
      related[field] = shares.related(field, sums.related[field], strangers);
    }
    Map<String, Double> kept = new LinkedHashMap<>();
    for (int group = 0; group < sums.kept.length; group++) {
      String name = groupNames.get(group);
      kept.put(name, shares.kept(name, sums.kept[group][0], sums.kept[group][1]));
    }
    model =
        new MatchModel(
            rules.fields(),
            same,
            related,
            model.stranger(),
            Math.min(0.4, (sums.allSame / pairs.part + 1) / all),
            Math.min(0.4, (sums.allRelated / pairs.part + 1) / all),
            kept,
            model.frequencies());
  }

  private double[][] strangers(LongToDoubleFunction share) {
    double[][] counts = new double[fields][LEVELS];
    for (long pattern : pairs.anyPatterns) {
      double one = share.applyAsDouble(pattern);
      for (int field = 0; field < fields; field++) {
        int level = Level.at(pattern, field);
        if (level != 0) {
          counts[field][level] += one;
        }
      }
    }
    for (int field = 0; field < fields; field++) {
      counts[field] = shares.strangers(field, counts[field]);
    }
    return counts;
  }

  /**
   * Counts anew what strangers have in common and what is common, with persons as they look now.
   */
  private void recount() {
    Mixture mixture = new Mixture(model);
    float[] common = common();
    double[][] strangers =
        strangers(
            pattern -> {
              mixture.read(pattern, common, 0);
              return Math.max(0, 1 - mixture.isSame() - mixture.isRelated());
            });
    Forest persons = Forest.of(records.size());
    for (int pair = 0; pair < isSame.length; pair++) {
      if (isSame[pair] >= 0.9) {
        persons.union(pairs.left[pair], pairs.right[pair]);
      }
    }
    Frequencies frequencies = Frequencies.count(records, fields, persons.roots());
    pairs.lookUp(records, frequencies);
    model =
        new MatchModel(
            model.fields(),
            model.same(),
            model.related(),
            strangers,
            model.prior(),
            model.priorRelated(),
            model.kept(),
            frequencies);
  }

  /** Of each field how common a value in which two records agree is on average, to base 2. */
  private float[] common() {
    float[] logs = new float[fields];
    for (int field = 0; field < fields; field++) {
      logs[field] = (float) (Math.log(model.stranger()[field][Level.EXACT.code()]) / Math.log(2));
    }
    return logs;
  }
}
