/**
 * Journeys to what follows on what: transitions between steps, and whole paths with what they led
 * to.
 *
 * <p>Reads {@link io.itinera.core.table.Journeys} and, for the segments, {@link
 * io.itinera.core.table.CustomerPersonas} and {@link io.itinera.core.table.RfmScores}; makes {@link
 * io.itinera.core.table.Transitions} and {@link io.itinera.core.table.PathVariants}, one set of
 * rows a night.
 */
package io.itinera.core.path;
