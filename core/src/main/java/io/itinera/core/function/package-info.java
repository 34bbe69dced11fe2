/**
 * What functions of our own compute, in plain Java: parts of addresses, the text of HTML, ids of
 * vendors. {@link io.itinera.core.spark.OwnFunctions} lets expressions call them.
 */
package io.itinera.core.function;
