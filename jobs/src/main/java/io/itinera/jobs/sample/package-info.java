/** Writes the sample company's files: raw logs, the truth about them and a configuration. */
package io.itinera.jobs.sample;
