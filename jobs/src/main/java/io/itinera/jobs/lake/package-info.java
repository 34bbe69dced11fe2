/**
 * The doors to what is stored: the Delta tables of a warehouse, and the files of landing folders.
 *
 * <p>{@link io.itinera.jobs.lake.Lake} is the only way to a table and {@link
 * io.itinera.jobs.lake.RawFiles} the only way to a raw file; nothing else knows Delta. Tables' logs
 * are read and committed by Delta's own library for that, without Spark. Knows tables, but neither
 * stages nor settings.
 */
package io.itinera.jobs.lake;
