/**
 * Touchpoints to the process that customers go through: what follows what, how long it takes, what
 * is done again, and how that differs from how it was meant.
 *
 * <p>Reads {@link io.itinera.core.table.OwnedTouchpoints} and, where cases are journeys, {@link
 * io.itinera.core.table.Journeys}; what comes out is told to who asks, and in no table. What a
 * night keeps of it, {@link io.itinera.core.process.CountProcess} counts of the steps of journeys.
 */
package io.itinera.core.process;
