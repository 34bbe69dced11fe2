package io.itinera.core.experience;

import io.itinera.core.rule.OrderLines.Line;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * A touchpoint as the journey map sees it.
 *
 * @param place where it stands on the map
 * @param micros when, in microseconds since 1970
 * @param location page, queue or store; null if nobody recorded it
 * @param seconds how long it took; null if nobody recorded it
 * @param isConversion whether it is one
 * @param value money that changed hands, in its smallest unit
 * @param cost what it cost the company, in the smallest unit of money; null if nobody told
 * @param rating ten-thousandths of a survey score; null without
 * @param sentiment ten-thousandths of how the customer felt; null if nobody told
 * @param pains names of what hurts
 * @param fails whether something did not work
 * @param question what the customer wanted to know; null if nothing
 * @param conversation the conversation that it is of; null if nobody recorded it
 * @param line what it says of its order; null without one
 */
record Moment(
    Place place,
    long micros,
    String location,
    Long seconds,
    boolean isConversion,
    long value,
    Long cost,
    Long rating,
    Long sentiment,
    Set<String> pains,
    boolean fails,
    String question,
    String conversation,
    Line line) {

  /** Where a touchpoint stands on the map. */
  record Place(String stage, String type, String channel) {

    String step() {
      return channel + ":" + type;
    }
  }

  /** Whether it came no longer than {@code time} after {@code earlier}. */
  boolean isWithin(Duration time, Moment earlier) {
    return micros - earlier.micros() <= time.toNanos() / 1_000;
  }

  /** Both as one touch: what this one is, with what a further line of its order brings. */
  Moment and(Moment further) {
    Set<String> all = new TreeSet<>(pains);
    all.addAll(further.pains());
    return new Moment(
        place,
        micros,
        location,
        seconds == null || (further.seconds() != null && further.seconds() > seconds)
            ? further.seconds()
            : seconds,
        isConversion || further.isConversion(),
        value + further.value(),
        cost == null || further.cost() == null
            ? first(cost, further.cost())
            : (Long) (cost + further.cost()),
        first(rating, further.rating()),
        first(sentiment, further.sentiment()),
        all,
        fails || further.fails(),
        first(question, further.question()),
        first(conversation, further.conversation()),
        line);
  }

  private static <T> T first(T one, T other) {
    return one == null ? other : one;
  }
}
