/**
 * Who belongs together: customers above the quantile of a metric, and clusters of customers by what
 * their journeys are like.
 *
 * <p>Reads what it is given of customers and {@link io.itinera.core.table.Journeys}; what comes out
 * is told to who asks, and in no table. Groups are found by the means of {@code persona}.
 */
package io.itinera.core.segment;
