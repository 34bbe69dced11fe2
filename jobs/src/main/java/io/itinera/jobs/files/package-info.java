/**
 * The files of landing folders as files: which there are, which are whole, which wait for their
 * manifest or for others beside them, and what stands in them line by line.
 *
 * <p>Knows core's rules of files, and nothing of settings, tables or nights.
 */
package io.itinera.jobs.files;
