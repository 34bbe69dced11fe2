/**
 * Touchpoints to journeys.
 *
 * <p>Reads {@link io.itinera.core.table.OwnedTouchpoints}, makes {@link
 * io.itinera.core.table.Journeys}. A journey is associative: its row can be carried into a later
 * night as one fragment to which further touchpoints are added, so that a night need not read what
 * it holds.
 */
package io.itinera.core.journey;
