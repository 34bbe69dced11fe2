package io.itinera.core.journey;

import io.itinera.core.rule.OrderLines;
import java.math.BigDecimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A touchpoint as journeys see it.
 *
 * @param at when, in microseconds since 1970
 * @param sequence order within the instant; may be null
 * @param session its session; may be null
 * @param isConversion whether it is one of the goals
 * @param line what it says of its order; null unless it is a conversion with an order
 * @param order the order that it names; may be null
 * @param source who told it; may be null
 * @param value money: bought if positive, given back if negative; may be null
 * @param step what it is called as a step
 * @param stageRank how far in the lifecycle; zero if that is not known
 */
record JourneyTouch(
    long at,
    Long sequence,
    UTF8String id,
    UTF8String session,
    boolean isConversion,
    OrderLines.Line line,
    UTF8String order,
    UTF8String source,
    BigDecimal value,
    UTF8String step,
    UTF8String channel,
    long stageRank,
    boolean isWithContactCentre,
    boolean isComplaint) {

  /** The order that it names, as its source numbers it. */
  BookedJourney.Order sourcesOrder() {
    return new BookedJourney.Order(order, source);
  }

  boolean isBought() {
    return value != null && value.signum() > 0;
  }

  boolean isGivenBack() {
    return value != null && value.signum() < 0;
  }

  /** Whether it names an order as bought, not as given back or asked about. */
  boolean buysOrder() {
    return order != null && (isBought() || isConversion);
  }
}
