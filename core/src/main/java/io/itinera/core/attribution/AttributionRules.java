package io.itinera.core.attribution;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a touch is and how conversions are parted among them.
 *
 * @param lookback touches so long before the end of their journey count, those of exactly that too
 * @param halfLife what time-decay halves a touch's weight by
 * @param touch what a touch is
 * @param directChannels marketing channels of customers whom nobody sent
 * @param markovOrders of the chains that are computed, each once
 * @param shapley what a coalition of channels is worth
 * @param resamples how often groups of customers are drawn anew for the intervals; 0 for none
 * @param windowDays journeys that ended within so many days up to as_of count; empty for all
 * @param conversionTypes touchpoint types that are conversions
 */
public record AttributionRules(
    Duration lookback,
    Duration halfLife,
    Touch touch,
    Set<String> directChannels,
    List<Integer> markovOrders,
    Shapley shapley,
    int resamples,
    Optional<Integer> windowDays,
    Set<String> conversionTypes) {

  /** What a touch is. */
  public enum Touch {
    /** Every touchpoint with a marketing channel that is no conversion. */
    TOUCHPOINT,
    /** Those of one channel, marketing channel and campaign without half an hour of silence. */
    VISIT
  }

  /** What a coalition of channels is worth. */
  public enum Shapley {
    /** How many journeys convert that touch none but these channels. */
    CONVERSIONS,
    /** Which share of them. */
    RATE
  }

  public AttributionRules {
    directChannels = Set.copyOf(directChannels);
    markovOrders = List.copyOf(markovOrders);
    conversionTypes = Set.copyOf(conversionTypes);
    if (lookback.isNegative()) {
      throw new IllegalArgumentException("lookback must not be negative, was " + lookback);
    }
    if (halfLife.isZero() || halfLife.isNegative()) {
      throw new IllegalArgumentException("half-life must be longer than zero, was " + halfLife);
    }
    if (markovOrders.stream().distinct().count() < markovOrders.size()) {
      throw new IllegalArgumentException("markov-orders must name each once: " + markovOrders);
    }
  }

  double halfLifeMicros() {
    return halfLife.toNanos() / 1e3;
  }

  /** What the model of an order is called: markov, and markov-2 and so on behind the first. */
  String markov(int order) {
    return order == markovOrders.get(0) ? "markov" : "markov-" + order;
  }
}
