/**
 * Which records are of the same person though no identifier says so: how alike their fields are,
 * and how much that is worth (Fellegi and Sunter, A Theory for Record Linkage, 1969).
 *
 * <p>{@link io.itinera.core.match.KeyRecords} packs profiles, {@link
 * io.itinera.core.match.FindBlocks} says which blocks are compared, {@link
 * io.itinera.core.match.ScoreBlocks} weighs their pairs, {@link io.itinera.core.match.GroupMatches}
 * makes persons of what weighs enough; {@link io.itinera.core.match.FindNews} and {@link
 * io.itinera.core.match.RenewMatches} say what of it a night does anew. {@link
 * io.itinera.core.match.TrainModel} learns from a bounded sample.
 */
package io.itinera.core.match;
