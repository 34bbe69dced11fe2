package io.itinera.core.offer;

/**
 * How many customers bought both of two products, or one, if both are the same.
 *
 * @param left the one that comes first in the alphabet
 * @param right the other
 * @param before customers who had both before the days held back
 * @param all customers who have both by as_of
 */
record PairCount(String left, String right, long before, long all) {

  /** Two products, in alphabetical order. */
  record Pair(String left, String right) {}
}
