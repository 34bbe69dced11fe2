/**
 * Touchpoints to sessions.
 *
 * <p>Reads {@link io.itinera.core.table.OwnedTouchpoints}, makes {@link
 * io.itinera.core.table.Sessions} and {@link io.itinera.core.table.TouchpointSessions}. {@link
 * io.itinera.core.session.SessionCutter} knows what ends one; everything before it puts touchpoints
 * in order, and everything behind it sums up. By default a silence of more than 30 minutes ends a
 * session, as in Google Analytics 4; calls, chats, surveys and store visits are a session per
 * conversation or receipt.
 */
package io.itinera.core.session;
