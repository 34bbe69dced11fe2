package io.itinera.core.offer;

import java.io.Serializable;

/**
 * How products and customers are put into a space of few dimensions, by alternating least squares.
 *
 * @param rank so many dimensions
 * @param iterations so often customers are placed by products, and these by customers
 * @param regularisation by how much places are drawn to the middle
 * @param alpha how much more a purchase says than that there was none
 * @param mostCustomers of more customers, so many are learnt from, chosen by a hash of their ids
 * @param seed start of the random numbers
 */
public record AlsRules(
    int rank, int iterations, double regularisation, double alpha, int mostCustomers, long seed)
    implements Serializable {

  /** As it is shipped. */
  public static final AlsRules USUAL = new AlsRules(16, 10, 0.1, 10, 100_000, 42);
}
