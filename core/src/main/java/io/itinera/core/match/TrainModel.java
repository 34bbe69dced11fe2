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

  private final TrainingSample sample;
  private final MatchRules rules;
  private final TrainingPairs pairs;
  private final FreeFields free;
  private final int fields;
  private final LevelShares shares;
  private final List<String> groupNames;
  private final List<String> partNames;
  private final double all;

  private MatchModel model;

  private TrainModel(TrainingSample sample, MatchRules rules) {
    this.sample = sample;
    this.rules = rules;
    pairs = TrainingPairs.of(sample, rules);
    fields = rules.fields().size();
    shares = new LevelShares(rules.fields());
    groupNames = Mixture.groupNames(rules.fields());
    partNames = OwnParts.of(rules.fields()).names();
    free = new FreeFields(rules, groupNames.size());
    all = Math.max(1, sample.population() * (sample.population() - 1.0) / 2);
  }

  /**
   * Learns.
   *
   * @throws SpoiledFieldException if every rule that brings records together says something about
   *     the same field, so that nothing can be learned about it
   */
  public static Trained train(TrainingSample sample, MatchRules rules) {
    TrainModel training = new TrainModel(sample, rules);
    training.start();
    for (int round = 0; round < ROUNDS; round++) {
      double before = training.model.prior();
      training.learn();
      boolean isSettled = Math.abs(training.model.prior() / before - 1) < 1e-5;
      if (round % 8 == 7 && round < 33) {
        training.free.learn(training.pairs, training.model);
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
      found += pairs.isSame[pair];
      once += times == 1 ? pairs.isSame[pair] : 0;
      twice += times == 2 ? pairs.isSame[pair] : 0;
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
    Map<String, Double> alike = new LinkedHashMap<>();
    partNames.forEach(name -> alike.put(name, LevelShares.EXPECTED_ALIKE));
    RecordStore records = sample.records();
    int[] alone = IntStream.range(0, records.size()).toArray();
    Frequencies frequencies =
        sample.counted().orElseGet(() -> Frequencies.count(records, fields, alone));
    pairs.lookUp(records, frequencies);
    double size = sample.population();
    model =
        new MatchModel(
            rules.fields(),
            same,
            related,
            strangers,
            Math.min(0.1, size * 0.3 / all),
            Math.min(0.1, size * 0.1 / all),
            kept,
            alike,
            frequencies);
  }

  private void learn() {
    int stretches = (pairs.count() + STRETCH - 1) / STRETCH;
    List<PairSums> parts =
        IntStream.range(0, stretches)
            .parallel()
            .mapToObj(i -> new PairSums(rules, free).of(model, pairs, stretch(i)))
            .toList();
    PairSums sums = new PairSums(rules, free);
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
    Map<String, Double> alike = new LinkedHashMap<>();
    for (int part = 0; part < sums.alike.length; part++) {
      alike.put(partNames.get(part), LevelShares.alike(sums.alike[part][0], sums.alike[part][1]));
    }
    model =
        new MatchModel(
            rules.fields(),
            same,
            related,
            model.stranger(),
            Math.min(0.4, (sums.allSame() / pairs.part + 1) / all),
            Math.min(0.4, (sums.allRelated() / pairs.part + 1) / all),
            kept,
            alike,
            model.frequencies());
  }

  private PairSums.Stretch stretch(int number) {
    int from = number * STRETCH;
    return new PairSums.Stretch(from, Math.min(pairs.count(), from + STRETCH));
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
    Frequencies frequencies = sample.counted().orElseGet(this::countPersons);
    pairs.lookUp(sample.records(), frequencies);
    model =
        new MatchModel(
            model.fields(),
            model.same(),
            model.related(),
            strangers,
            model.prior(),
            model.priorRelated(),
            model.kept(),
            model.alike(),
            frequencies);
  }

  /** Counts values of persons, not of records, as far as persons are known by now. */
  private Frequencies countPersons() {
    Forest persons = Forest.of(sample.records().size());
    for (int pair = 0; pair < pairs.count(); pair++) {
      if (pairs.isSame[pair] >= 0.9) {
        persons.union(pairs.left[pair], pairs.right[pair]);
      }
    }
    return Frequencies.count(sample.records(), fields, persons.roots());
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
