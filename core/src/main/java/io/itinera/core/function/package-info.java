/**
 * Functions of our own for the expressions of sources. Spark knows nothing of them: who parses an
 * expression puts them in.
 */
package io.itinera.core.function;
