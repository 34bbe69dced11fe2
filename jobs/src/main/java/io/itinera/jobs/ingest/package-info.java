/**
 * The first stage: raw files become touchpoints, profiles, costs and evidence, each record once.
 *
 * <p>{@link io.itinera.jobs.ingest.IngestJob} has its order: which files are new, what each of
 * their records would become, which delivery wins, what is stored, what is taken back. What is
 * computed stands in core; here stands what is read, whom it concerns and what is replaced.
 */
package io.itinera.jobs.ingest;
