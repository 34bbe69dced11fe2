/**
 * The door to the Delta tables of a warehouse.
 *
 * <p>{@link io.itinera.jobs.lake.Lake} is the only way to a table; nothing else knows Delta.
 * Tables' logs are read and committed by Delta's own library for that, without Spark. Knows tables,
 * but neither stages, settings nor raw files.
 */
package io.itinera.jobs.lake;
