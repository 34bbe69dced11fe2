package io.itinera.core.value;

import java.util.Optional;

/**
 * A model of purchases as it was fitted.
 *
 * @param model with its parameters
 * @param logLikelihood of all customers together
 * @param customers how many they were
 * @param evaluations how often the likelihood was computed
 * @param converged whether the search came to its end
 * @param fellBackFrom what was tried first and why it says nothing, where the negative binomial
 *     model stands in for it
 */
public record PurchaseFit(
    PurchaseModel model,
    double logLikelihood,
    long customers,
    int evaluations,
    boolean converged,
    Optional<String> fellBackFrom) {}
