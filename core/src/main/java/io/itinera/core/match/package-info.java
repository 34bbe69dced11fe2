/**
 * Which records are of the same person though no identifier says so: how alike their fields are,
 * and how much that is worth (Fellegi and Sunter, A Theory for Record Linkage, 1969).
 */
package io.itinera.core.match;
