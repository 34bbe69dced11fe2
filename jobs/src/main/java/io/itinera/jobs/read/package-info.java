/**
 * Raw files as rows of {@link io.itinera.core.source.RawRecords}.
 *
 * <p>{@link io.itinera.jobs.read.RawFiles} is the only way to a raw file: it lists those that are
 * ready, and reads them, cut by a class of the format or, where Spark does that as well, by Spark.
 * Knows neither tables nor nights.
 */
package io.itinera.jobs.read;
