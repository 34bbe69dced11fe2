package io.itinera.core.experience;

import java.util.Set;

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
    String question) {

  /** Where a touchpoint stands on the map. */
  record Place(String stage, String type, String channel) {

    String step() {
      return channel + ":" + type;
    }
  }
}
