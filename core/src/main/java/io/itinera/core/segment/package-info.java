/**
 * Who belongs together: customers above the quantile of a metric.
 *
 * <p>Reads what it is given of customers and their journeys; what comes out is told to who asks,
 * and in no table.
 */
package io.itinera.core.segment;
