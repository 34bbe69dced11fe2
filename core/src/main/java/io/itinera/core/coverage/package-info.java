/**
 * What became of all that a source brought on a day: {@link io.itinera.core.table.Coverage}, the
 * row that tells whether the other tables can be trusted.
 */
package io.itinera.core.coverage;
