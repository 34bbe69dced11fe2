package io.itinera.core.value;

/** A log-likelihood of positive parameters, with its gradient. */
interface Likelihood {

  /** How many parameters there are. */
  int parameters();

  /**
   * The mean log-likelihood of a customer.
   *
   * @param gradient receives its derivatives by the parameters
   */
  double mean(double[] parameters, double[] gradient);
}
