package io.itinera.core.value;

/**
 * Customers of one score.
 *
 * @param score how likely they were said to order nothing
 * @param customers how many they are
 * @param silent how many did order nothing
 */
public record ChurnBin(double score, double customers, double silent) {}
