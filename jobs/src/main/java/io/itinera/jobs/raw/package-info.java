/**
 * How records are cut from raw files, in executors, one after the other, so that a broken file
 * gives what stands before the break.
 *
 * <p>A class a format. Knows core's rules of files, and nothing of settings, tables or nights.
 */
package io.itinera.jobs.raw;
