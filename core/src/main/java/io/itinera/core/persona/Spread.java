package io.itinera.core.persona;

import java.io.Serializable;
import java.util.List;

/**
 * How far a group of a Gaussian mixture spreads about its centre.
 *
 * @param weight share of the customers that it expects
 * @param variances of the scaled features, in their order
 */
public record Spread(double weight, List<Double> variances) implements Serializable {

  public Spread {
    variances = List.copyOf(variances);
  }
}
