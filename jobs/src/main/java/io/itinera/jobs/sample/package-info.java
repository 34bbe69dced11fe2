/**
 * Writes the sample company's files: raw logs, the truth about them and a configuration.
 *
 * <p>What happens in the company, {@link io.itinera.core.sample} makes up. Knows the lake only to
 * compare what was found with the truth.
 */
package io.itinera.jobs.sample;
