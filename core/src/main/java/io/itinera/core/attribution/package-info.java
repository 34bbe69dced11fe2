/**
 * Converted journeys to what their touches are worth.
 *
 * <p>Reads {@link io.itinera.core.table.Journeys}, {@link io.itinera.core.table.OwnedTouchpoints}
 * and {@link io.itinera.core.table.CampaignCosts}; makes {@link io.itinera.core.table.Attribution},
 * {@link io.itinera.core.table.AttributionTouchpoints} and {@link
 * io.itinera.core.table.AttributionChanges}. What a model does is plain Java over numbers; one pass
 * over journeys counts what all models need.
 */
package io.itinera.core.attribution;
