/**
 * What customers do one after the other: patterns over their touches, funnels, and what stands
 * before and after.
 *
 * <p>Patterns and funnels are one thing here: a funnel's step is reached by those customers who
 * have a match of the pattern that its steps make up. All of it is plain Java over touches in their
 * order; {@link io.itinera.core.trail.CountFunnels} and {@link
 * io.itinera.core.trail.MatchTouchpoints} bring rows of {@link
 * io.itinera.core.table.OwnedTouchpoints} to it. Makes {@link io.itinera.core.table.Funnels},
 * {@link io.itinera.core.table.FunnelDrops} and {@link io.itinera.core.table.DropCauses}.
 */
package io.itinera.core.trail;
