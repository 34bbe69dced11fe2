package io.itinera.core.journey;

import io.itinera.core.rule.OrderLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The journeys of one customer, as the touchpoints come in their order.
 *
 * <p>A journey ends with a conversion, or before a silence longer than {@link JourneyRules#gap()};
 * one of exactly the gap does not end it. Further lines of an order, as {@link OrderLines} tells
 * them, are no touches of their own: their money is of the journey that the order's first line
 * ended, whatever the customer did between them.
 */
final class CustomerJourneys {

  private final JourneyRules rules;
  private final long gapMicros;
  private final List<BookedJourney> all = new ArrayList<>();
  private final OrderLines orders = new OrderLines();
  private final Map<Integer, Journey> byOrder = new HashMap<>(4);
  private boolean isStarted;
  private int lines;
  private Journey current;

  /**
   * @param isStarted whether all touchpoints are given; if not, those before {@link #start} only
   *     tell which orders have begun
   */
  CustomerJourneys(JourneyRules rules, boolean isStarted) {
    this.rules = rules;
    this.gapMicros = rules.gap().toNanos() / 1_000;
    this.isStarted = isStarted;
  }

  /** Touchpoints from here on are to be put into journeys. */
  void start() {
    isStarted = true;
  }

  /** A journey that stays, but for what comes back of it. */
  void keep(StoredJourney stored) {
    all.add(stored);
  }

  /** A journey without a conversion that may go on. */
  void goOn(StoredJourney stored) {
    open(Journey.goingOn(stored, rules));
  }

  void add(JourneyTouch touch) {
    int place = lines;
    if (touch.line() != null) {
      place = orders.touch(lines, touch.line(), touch.at());
      lines++;
    }
    boolean isFurtherLine = touch.line() != null && place != lines - 1;
    if (!isStarted) {
      return;
    }
    if (isFurtherLine) {
      addLine(touch, byOrder.get(place));
      return;
    }
    if (current == null || isOver(touch)) {
      open(Journey.begunBy(touch, rules));
    } else {
      current.add(touch);
    }
    if (touch.line() != null) {
      byOrder.put(place, current);
    }
  }

  private void addLine(JourneyTouch line, Journey home) {
    if (home == null) {
      // Of a journey that is kept, which counts it already.
      return;
    }
    if (home.equals(current)) {
      home.endWithLine(line);
    } else {
      home.addLine(line);
    }
  }

  private boolean isOver(JourneyTouch next) {
    return next.at() - current.endedAt > gapMicros
        || (current.isConverted() && !current.isConvertedAgainBy(next));
  }

  private void open(Journey journey) {
    if (current != null) {
      current.close();
    }
    current = journey;
    all.add(journey);
  }

  /** All journeys, in their order, with what came back of them. */
  List<BookedJourney> booked() {
    BookedJourney.bookAll(all);
    return all;
  }
}
