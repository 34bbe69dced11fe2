package io.itinera.core.trail;

import java.util.Arrays;
import java.util.Optional;

/** Customers at a step whose time is over, among whom conditions are counted. */
enum Crowd {
  /** Who came to it: those in whom what was true there is looked for. */
  LEARNED("learned"),

  /** The same of others, by whom conditions are tried. */
  HELD_OUT("held-out"),

  /** Who still waited at the landmark: those in whom what happened behind the step is. */
  WAITING_LEARNED("waiting learned"),

  /** The same of others, by whom conditions are tried. */
  WAITING_HELD_OUT("waiting held-out");

  private static final String BOTH = " both";

  private final String kind;

  Crowd(String kind) {
    this.kind = kind;
  }

  /** Of those who came. */
  static Crowd arrived(boolean isHeldOut) {
    return isHeldOut ? HELD_OUT : LEARNED;
  }

  /** Of those who waited. */
  static Crowd waiting(boolean isHeldOut) {
    return isHeldOut ? WAITING_HELD_OUT : WAITING_LEARNED;
  }

  /** What counts of conditions are called by {@link FunnelCount.Alike#kind}. */
  String kind() {
    return kind;
  }

  /** What counts of two conditions are called. */
  String kindOfBoth() {
    return kind + BOTH;
  }

  /** The customers that a kind is of; none if it counts something else than conditions. */
  static Optional<Crowd> of(String kind) {
    return Arrays.stream(values())
        .filter(crowd -> kind.equals(crowd.kind) || kind.equals(crowd.kindOfBoth()))
        .findFirst();
  }

  /** Whether a kind counts customers of whom two conditions hold. */
  static boolean isOfBoth(String kind) {
    return kind.endsWith(BOTH);
  }

  boolean isWaiting() {
    return this == WAITING_LEARNED || this == WAITING_HELD_OUT;
  }

  boolean isHeldOut() {
    return this == HELD_OUT || this == WAITING_HELD_OUT;
  }
}
