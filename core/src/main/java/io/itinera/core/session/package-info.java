/**
 * Touchpoints to sessions.
 *
 * <p>Reads {@link io.itinera.core.table.OwnedTouchpoints}, makes {@link
 * io.itinera.core.table.Sessions} and {@link io.itinera.core.table.TouchpointSessions}. The default
 * silence that ends a session, 30 minutes, is that of Google Analytics 4; calls, chats, surveys and
 * store visits are a session per conversation or receipt.
 */
package io.itinera.core.session;
