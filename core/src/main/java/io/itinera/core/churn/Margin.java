package io.itinera.core.churn;

import java.io.Serializable;

/** What a model makes of a customer: the greater, the likelier nothing is ordered. */
sealed interface Margin extends Serializable permits LinearMargin, TreesMargin {

  /** In log-odds, before these are calibrated. */
  double of(double[] customer);
}
