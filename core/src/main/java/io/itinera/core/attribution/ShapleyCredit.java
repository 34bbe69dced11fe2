package io.itinera.core.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Shapley values of channels: what each adds to those that are there before it, in the mean over
 * all orders in which they could have come.
 *
 * <p>A coalition is worth what the journeys brought that touched no other channels: how many of
 * them converted, or which share of them. The first is a sum of games in which all must take part,
 * so that its value has a closed form: a conversion counts for each of its channels alike (Zhao,
 * Mahboobi and Bagheri, Shapley value methods for attribution modeling, 2018). The second is
 * computed from all coalitions up to {@value #MOST_EXACT} channels and from random orders beyond.
 */
public final class ShapleyCredit {

  /** So many channels have 32,768 coalitions. */
  public static final int MOST_EXACT = 15;

  /** Pairs of an order and its reverse. */
  private static final int PAIRS = 2_000;

  private static final long SEED = 20_180_412;

  private final int channels;
  private final Map<List<Integer>, long[]> sets = new TreeMap<>(ShapleyCredit::compare);

  /** What channels are credited with. */
  public static final class Values {
    private final double[] credits;
    private final double[] errors;

    private Values(double[] credits, double[] errors) {
      this.credits = credits;
      this.errors = errors;
    }

    private static Values exact(double[] credits) {
      return new Values(credits, new double[credits.length]);
    }

    /** Of each channel; they add up to what all channels together are worth. */
    public double[] credits() {
      return credits.clone();
    }

    /** Standard error of each; all zero where they are exact. */
    public double[] errors() {
      return errors.clone();
    }
  }

  /**
   * @param channels how many there are; they are called by numbers from 0
   */
  public ShapleyCredit(int channels) {
    this.channels = channels;
  }

  /**
   * Counts journeys by the channels that they touched.
   *
   * @param touched channels in rising order, each once; at least one
   */
  public void add(List<Integer> touched, long journeys, long conversions) {
    long[] counted = sets.computeIfAbsent(List.copyOf(touched), set -> new long[2]);
    counted[0] += journeys;
    counted[1] += conversions;
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = Integer.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /** Of the game whose coalitions are worth their conversions. */
  public Values ofConversions() {
    double[] credits = new double[channels];
    sets.forEach(
        (touched, counted) ->
            touched.forEach(channel -> credits[channel] += (double) counted[1] / touched.size()));
    return Values.exact(credits);
  }

  /** Of the game whose coalitions are worth the share of their journeys that convert. */
  public Values ofRates() {
    return channels <= MOST_EXACT ? fromCoalitions() : fromOrders();
  }

  private Values fromCoalitions() {
    double[] worth = worth();
    double[] credits = new double[channels];
    double[] weights = weights();
    for (int coalition = 0; coalition < worth.length; coalition++) {
      double weight = weights[Integer.bitCount(coalition)];
      for (int channel = 0; channel < channels; channel++) {
        if ((coalition & (1 << channel)) == 0) {
          credits[channel] += weight * (worth[coalition | (1 << channel)] - worth[coalition]);
        }
      }
    }
    return Values.exact(credits);
  }

  /** What each coalition is worth, by the bits of its channels. */
  private double[] worth() {
    double[] journeys = new double[1 << channels];
    double[] conversions = new double[1 << channels];
    sets.forEach(
        (touched, counted) -> {
          int coalition = touched.stream().mapToInt(channel -> 1 << channel).sum();
          journeys[coalition] += counted[0];
          conversions[coalition] += counted[1];
        });
    for (int bit = 1; bit < journeys.length; bit <<= 1) {
      for (int coalition = 0; coalition < journeys.length; coalition++) {
        if ((coalition & bit) != 0) {
          journeys[coalition] += journeys[coalition ^ bit];
          conversions[coalition] += conversions[coalition ^ bit];
        }
      }
    }
    return IntStream.range(0, journeys.length)
        .mapToDouble(c -> journeys[c] == 0 ? 0 : conversions[c] / journeys[c])
        .toArray();
  }

  /** By the size of a coalition, the share of orders in which it stands before a given channel. */
  private double[] weights() {
    double[] weights = new double[channels + 1];
    double weight = 1.0 / Math.max(1, channels);
    for (int size = 0; size < channels; size++) {
      weights[size] = weight;
      weight = weight * (size + 1) / Math.max(1, channels - size - 1);
    }
    return weights;
  }

  private Values fromOrders() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, channels).boxed().toList());
    Random random = new Random(SEED);
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    for (int pair = 0; pair < PAIRS; pair++) {
      Collections.shuffle(order, random);
      double[] gains = new double[channels];
      addGains(order, gains);
      Collections.reverse(order);
      addGains(order, gains);
      for (int channel = 0; channel < channels; channel++) {
        double mean = gains[channel] / 2;
        sums[channel] += mean;
        squares[channel] += mean * mean;
      }
    }
    double[] errors = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      sums[channel] /= PAIRS;
      double variance = squares[channel] / PAIRS - sums[channel] * sums[channel];
      errors[channel] = Math.sqrt(Math.max(0, variance) / (PAIRS - 1));
    }
    return new Values(sums, errors);
  }

  /** Adds to {@code gains} what each channel brings when they come in this order. */
  private void addGains(List<Integer> order, double... gains) {
    double journeys = 0;
    double conversions = 0;
    double worth = 0;
    Map<Integer, List<long[]>> complete = lastOfSets(order);
    for (int channel : order) {
      for (long[] counted : complete.getOrDefault(channel, List.of())) {
        journeys += counted[0];
        conversions += counted[1];
      }
      double now = journeys == 0 ? 0 : conversions / journeys;
      gains[channel] += now - worth;
      worth = now;
    }
  }

  /** The sets by the channel that comes last of theirs. */
  private Map<Integer, List<long[]>> lastOfSets(List<Integer> order) {
    int[] places = new int[channels];
    for (int place = 0; place < order.size(); place++) {
      places[order.get(place)] = place;
    }
    Map<Integer, List<long[]>> last = new TreeMap<>();
    sets.forEach(
        (touched, counted) -> {
          int latest = touched.get(0);
          for (int channel : touched) {
            latest = places[channel] > places[latest] ? channel : latest;
          }
          last.computeIfAbsent(latest, channel -> new ArrayList<>()).add(counted);
        });
    return last;
  }
}
