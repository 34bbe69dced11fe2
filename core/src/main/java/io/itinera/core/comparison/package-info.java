/**
 * Two segments of customers to what differs between them: which step follows which, where journeys
 * are at each step, funnels, and what is measured of journeys; with size, interval and significance
 * when all comparisons are counted.
 *
 * <p>Reads {@link io.itinera.core.table.Journeys} and {@link io.itinera.core.table.Funnels}; what
 * comes out is told to who asks, and in no table.
 */
package io.itinera.core.comparison;
