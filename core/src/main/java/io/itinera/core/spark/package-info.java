/**
 * What is known of Spark from inside: parsed expressions, plans, rows as tasks hold them. With the
 * next release of Spark this is where to look first.
 *
 * <p>{@link io.itinera.core.spark.EvaluateSource} evaluates a source's expressions, {@link
 * io.itinera.core.spark.OwnFunctions} are the functions that they may call, {@link
 * io.itinera.core.spark.PatternFunctions} makes their regular expressions harmless, {@link
 * io.itinera.core.spark.HoldRows} keeps rows that are needed twice, {@link
 * io.itinera.core.spark.ConnectedComponents} finds what hangs together. Knows sources, rules and
 * tables, and no stage.
 */
package io.itinera.core.spark;
