/**
 * Who is who: evidence to edges, identities and the ledger of merges and splits.
 *
 * <p>Reads {@link io.itinera.core.table.Evidence}, makes {@link
 * io.itinera.core.table.IdentityEdges}, {@link io.itinera.core.table.Identities}, {@link
 * io.itinera.core.table.SetOwners}, {@link io.itinera.core.table.CustomerChanges} and {@link
 * io.itinera.core.table.IdentityMoves}. A customer is a connected component of the identifiers that
 * records named together; its id is a keyed hash of the identifier that was seen first.
 */
package io.itinera.core.identity;
