package io.itinera.core.sample;

import java.time.Instant;

/**
 * A visit to the web shop.
 *
 * @param number the visit's number on its device, from 1
 * @param purpose whether it buys
 * @param identity how much of its visitor it shows
 */
record Visit(
    Instant start,
    Device device,
    VisitOrigin origin,
    int number,
    Purpose purpose,
    Identity identity) {

  /** What a visit is for. */
  enum Purpose {
    LOOK,
    BUY
  }

  /** What the shop learns about the visitor. */
  enum Identity {
    /** Not even a cookie: consent was refused. */
    REFUSED,
    /** A cookie. */
    COOKIE,
    /** A cookie, and from the middle of the visit on the account. */
    SIGNS_IN,
    /** A cookie and the account. */
    SIGNED_IN
  }

  /** Google Analytics' {@code ga_session_id}. */
  long sessionId() {
    return start.getEpochSecond();
  }
}
