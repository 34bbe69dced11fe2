/**
 * Comparison of profiles: reads them, has a model learned, and scores what blocks bring together.
 *
 * <p>What pairs are worth stands in core; here stands who reads profiles and models, who carries
 * records to the tasks, and what is kept of their answers.
 */
package io.itinera.jobs.match;
