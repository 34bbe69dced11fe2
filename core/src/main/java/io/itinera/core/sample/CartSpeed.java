package io.itinera.core.sample;

import io.itinera.core.sample.Visit.Purpose;

/**
 * How long the cart's page takes to load. Planted: on phones the page is slow for most of those who
 * leave their cart and for hardly any who buy; on other devices it is slow as seldom for both. So
 * neither the device nor slowness explains by itself who leaves, only both together.
 *
 * <p>It follows from the number of the request that was drawn for it anyway, so that nothing else
 * in the company depends on it.
 */
final class CartSpeed {

  /** A page that takes longer is slow. */
  static final long SLOW = 4_000;

  private static final double SELDOM = 0.05;
  private static final double MOSTLY = 0.9;

  private CartSpeed() {}

  /** Milliseconds until the page stood in {@code visit}, whose request bore {@code bundle}. */
  static long milliseconds(Visit visit, long bundle) {
    long number = Dice.mix(bundle) >>> 1;
    boolean isLeft = visit.purpose() == Purpose.LOOK;
    boolean isPhone = visit.device().model().category().equals("mobile");
    double slow = isLeft && isPhone ? MOSTLY : SELDOM;
    return number % 1_000 < slow * 1_000 ? SLOW + 500 + number % 3_001 : 300 + number % 1_501;
  }
}
