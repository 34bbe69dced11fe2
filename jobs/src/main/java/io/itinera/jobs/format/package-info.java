/**
 * How records are cut from raw files, in executors, one after the other, so that a broken file
 * gives what stands before the break.
 *
 * <p>A class a format; {@link io.itinera.jobs.format.FileOpener} finds the one that a file needs.
 * Knows no session: a task calls it with a file, and takes records.
 */
package io.itinera.jobs.format;
