/**
 * Who is who: evidence to edges, identities and the ledger of merges and splits.
 *
 * <p>Reads {@link io.itinera.core.table.Evidence}, makes {@link
 * io.itinera.core.table.IdentityEdges}, {@link io.itinera.core.table.Identities}, {@link
 * io.itinera.core.table.SetOwners}, {@link io.itinera.core.table.CustomerChanges}, {@link
 * io.itinera.core.table.CustomerAliases} and {@link io.itinera.core.table.IdentityMoves}. A
 * customer is a group of identifiers that records named together, as large as limits and decisions
 * let it be; its id is a keyed hash of the identifier that is its alone and was seen first. A
 * device that several persons use is each one's in turn.
 */
package io.itinera.core.identity;
