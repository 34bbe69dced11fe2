package io.itinera.core.attribution;

import io.itinera.core.attribution.AttributionRules.Shapley;
import io.itinera.core.attribution.Counts.Credited;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What every model gives to every channel and campaign, for one weighing of the groups of
 * customers. What no touch led to is not among it.
 */
final class Estimate {

  /** What tables hold of a conversion: four digits. */
  static final long CONVERSION = 10_000;

  /** So many units of a touch's conversions are one of a table's. */
  static final long FINER = TouchedJourney.CONVERSION / CONVERSION;

  /** A chain of more states is solved once, but not for every drawing of customers. */
  private static final int MOST_STATES = 200;

  private static final int LINEAR = TouchModel.LINEAR.place();

  private final Counts counts;
  private final AttributionRules rules;
  private final long[][] credits;
  private final int[] times;
  private final Map<String, Parts> models = new LinkedHashMap<>();

  /** What a model gives to each key of {@link Counts#keys}. */
  static final class Parts {
    private final long[] conversions;
    private final long[] revenues;
    private final double[] errors;

    private Parts(long[] conversions, long[] revenues, double... errors) {
      this.conversions = conversions;
      this.revenues = revenues;
      this.errors = errors;
    }

    /** In units of {@link #CONVERSION}. */
    long conversions(int key) {
      return conversions[key];
    }

    /** In the smallest unit of money. */
    long revenue(int key) {
      return revenues[key];
    }

    /** Standard error of the conversions; 0 where they are exact. */
    double error(int key) {
      return errors.length == 0 ? 0 : errors[key];
    }
  }

  private Estimate(Counts counts, AttributionRules rules, int... times) {
    this.counts = counts;
    this.rules = rules;
    this.times = times;
    this.credits = counts.credits(times);
  }

  /** The models by name, in their order, of all customers. */
  static Map<String, Parts> whole(Counts counts, AttributionRules rules) {
    int[] once = new int[TallyJourneys.GROUPS];
    Arrays.fill(once, 1);
    return new Estimate(counts, rules, once).models(true);
  }

  /** The models that take little time, of groups that count so many times. */
  static Map<String, Parts> drawn(Counts counts, AttributionRules rules, int... times) {
    return new Estimate(counts, rules, times).models(false);
  }

  private Map<String, Parts> models(boolean all) {
    for (TouchModel model : TouchModel.values()) {
      models.put(model.text(), ofTouches(model));
    }
    for (int order : rules.markovOrders()) {
      MarkovChain chain = counts.chain(order, times);
      if (all || chain.size() <= MOST_STATES) {
        models.put(rules.markov(order), ofChannels(chain.removalEffects(counts.channels().size())));
      }
    }
    if (rules.shapley() == Shapley.CONVERSIONS) {
      models.put(
          "shapley",
          ofChannels(
              counts.sets(times).ofConversions().credits(),
              counts.revenueOfSets(times).ofConversions().credits()));
    } else if (all || counts.channels().size() <= ShapleyCredit.MOST_EXACT) {
      models.put("shapley", ofRates(counts.sets(times).ofRates()));
    }
    return models;
  }

  private Parts ofTouches(TouchModel model) {
    int place = model.place();
    double[] fine = Arrays.stream(credits).mapToDouble(sums -> sums[place]).toArray();
    long[] conversions =
        model.conserves()
            ? Apportion.units(sum(place) / FINER, fine)
            : Arrays.stream(fine).mapToLong(sum -> Math.round(sum / FINER)).toArray();
    return new Parts(
        conversions, Arrays.stream(credits).mapToLong(sums -> sums[place + 1]).toArray());
  }

  private Parts ofRates(ShapleyCredit.Values values) {
    Parts parts = ofChannels(values.credits());
    double rate = Arrays.stream(values.credits()).sum();
    if (Arrays.stream(values.errors()).allMatch(error -> error == 0) || rate == 0) {
      return parts;
    }
    double perRate = sum(LINEAR) / (double) TouchedJourney.CONVERSION / rate;
    double[] errors =
        IntStream.range(0, credits.length)
            .mapToDouble(
                key -> values.errors()[channel(key)] * perRate * share(key, parts.conversions))
            .toArray();
    return new Parts(parts.conversions, parts.revenues, errors);
  }

  /** Of what its channel has, what a key has. */
  private double share(int key, long... conversions) {
    long whole = 0;
    for (int other : ofChannel(channel(key))) {
      whole += conversions[other];
    }
    return whole == 0 ? 0 : (double) conversions[key] / whole;
  }

  private Parts ofChannels(double... weights) {
    return ofChannels(weights, weights);
  }

  /** Parts all by what channels weigh, and within a channel as linear does. */
  private Parts ofChannels(double[] weights, double... revenueWeights) {
    long[] ofConversions = Apportion.units(sum(LINEAR) / FINER, weights);
    long[] ofRevenue = Apportion.units(sum(LINEAR + 1), revenueWeights);
    long[] conversions = new long[credits.length];
    long[] revenues = new long[credits.length];
    for (int channel = 0; channel < weights.length; channel++) {
      int[] keys = ofChannel(channel);
      spread(ofConversions[channel], LINEAR, keys, conversions);
      boolean hasRevenue = Arrays.stream(keys).anyMatch(key -> credits[key][LINEAR + 1] != 0);
      spread(ofRevenue[channel], hasRevenue ? LINEAR + 1 : LINEAR, keys, revenues);
    }
    return new Parts(conversions, revenues);
  }

  private void spread(long whole, int place, int[] keys, long... parts) {
    double[] weights = Arrays.stream(keys).mapToDouble(key -> credits[key][place]).toArray();
    long[] units = Apportion.units(whole, weights);
    for (int i = 0; i < keys.length; i++) {
      parts[keys[i]] = units[i];
    }
  }

  private int channel(int key) {
    return counts.channels().indexOf(counts.keys().get(key).channel());
  }

  private int[] ofChannel(int channel) {
    String name = counts.channels().get(channel);
    List<Credited> keys = counts.keys();
    return IntStream.range(0, keys.size())
        .filter(key -> keys.get(key).channel().equals(name))
        .toArray();
  }

  private long sum(int place) {
    return Arrays.stream(credits).mapToLong(sums -> sums[place]).reduce(0, Math::addExact);
  }
}
