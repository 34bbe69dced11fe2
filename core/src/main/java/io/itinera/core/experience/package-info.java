/**
 * Touchpoints to the journey map: what customers meet at each stage, where it hurts, and what good
 * and bad moments do to what comes later.
 *
 * <p>Reads {@link io.itinera.core.table.OwnedTouchpoints} and {@link
 * io.itinera.core.table.TouchpointKpis}; makes {@link io.itinera.core.table.JourneyMap}, one set of
 * rows a night.
 */
package io.itinera.core.experience;
