package io.itinera.core.value;

import java.io.Serializable;

/**
 * All that customers are valued by.
 *
 * @param model of purchases
 * @param spend of their value
 * @param kept share of that value that is not refunded
 * @param usualPurchases repeat purchases of a mean customer who bought again
 */
record Valuation(PurchaseModel model, GammaGamma spend, double kept, double usualPurchases)
    implements Serializable {}
