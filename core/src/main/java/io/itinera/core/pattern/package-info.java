/**
 * Regular expressions that end on every text. Records hold what strangers wrote: a text may be made
 * so that Java's matcher overflows its stack, which ends Spark's process, or never comes to an end.
 */
package io.itinera.core.pattern;
