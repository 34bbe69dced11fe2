package io.itinera.core.attribution;

import io.itinera.core.attribution.Lines.Line;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What models of channels give to single touches: what linear gives the touch, times how much more
 * than linear the model gives its channel. That is seldom a whole number of units, so it is rounded
 * up as often as the fraction says, by a hash of the touch; the sum over many touches then misses
 * what the model gives a channel and campaign by few units, and their touch with the most revenue
 * takes them.
 */
final class ChannelCredit implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final double[] NOTHING = {0, 0};
  private static final double ALL_HASHES = 1L << 32;

  /** By model and channel, by how much it gives more conversions, revenue than linear. */
  private final TreeMap<String, TreeMap<String, double[]>> factors = new TreeMap<>();

  /** By model and touch, units of conversions, revenue that the touch has besides. */
  private final TreeMap<String, TreeMap<String, long[]>> rests = new TreeMap<>();

  /** Where there are no models of channels. */
  static ChannelCredit nothing() {
    return new ChannelCredit();
  }

  /**
   * @param lines of all models by name, {@code linear} among them; those that part conversions by
   *     the touches of their journey are left out
   */
  static ChannelCredit of(Map<String, Lines> lines) {
    ChannelCredit credit = new ChannelCredit();
    Map<String, double[]> linear = byChannel(lines.get(TouchModel.LINEAR.text()));
    lines.forEach(
        (model, ofModel) -> {
          if (!TouchModel.TEXTS.contains(model)) {
            TreeMap<String, double[]> channels = new TreeMap<>(byChannel(ofModel));
            channels.forEach((channel, sums) -> divide(sums, linear.get(channel)));
            credit.factors.put(model, channels);
            credit.rests.put(model, new TreeMap<>());
          }
        });
    return credit;
  }

  private static Map<String, double[]> byChannel(Lines lines) {
    Map<String, double[]> sums = new TreeMap<>();
    lines
        .all()
        .forEach(
            (target, line) -> {
              double[] sum = sums.computeIfAbsent(target.channel(), channel -> new double[2]);
              sum[0] += line.conversions();
              sum[1] += line.revenue();
            });
    return sums;
  }

  private static void divide(double[] sums, double... by) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = by == null || by[i] == 0 ? 0 : sums[i] / by[i];
    }
  }

  /** Names of the models, sorted. */
  Collection<String> models() {
    return factors.keySet();
  }

  /**
   * Units of conversions and revenue.
   *
   * @param touch id of the touch
   * @param linear what linear gives it of both
   */
  long[] of(String model, String channel, String touch, long... linear) {
    double[] factor = factors.get(model).getOrDefault(channel, NOTHING);
    long[] rest = rests.get(model).get(touch);
    double chance = chance(touch);
    long[] units = new long[linear.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = (long) Math.floor(linear[i] * factor[i] + chance) + (rest == null ? 0 : rest[i]);
    }
    return units;
  }

  private static double chance(String touch) {
    int hash = touch.hashCode() * 0x9E3779B9;
    return Integer.toUnsignedLong(hash ^ (hash >>> 16)) / ALL_HASHES;
  }

  /**
   * Gives what rounding leaves of a channel's and campaign's line to one touch of theirs.
   *
   * @param found sums over all touches of the line, as {@link #of} has given it so far
   */
  void settle(String model, Line line, CreditSums found) {
    long conversions =
        Math.subtractExact(line.conversions() * Estimate.FINER, found.conversions(model));
    long revenue = Math.subtractExact(line.revenue(), found.revenue(model));
    if (conversions != 0 || revenue != 0) {
      rests.get(model).put(found.richest(), new long[] {conversions, revenue});
    }
  }
}
