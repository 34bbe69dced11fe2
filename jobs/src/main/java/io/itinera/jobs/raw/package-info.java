/**
 * How records are cut from raw files, in executors, one after the other, so that a broken file
 * gives what stands before the break.
 */
package io.itinera.jobs.raw;
