/**
 * Days of customers to scores of recency, frequency and monetary value, and to segments.
 *
 * <p>Reads {@link io.itinera.core.table.CustomerDays}, makes {@link
 * io.itinera.core.table.RfmScores}, one row per customer and night.
 */
package io.itinera.core.rfm;
