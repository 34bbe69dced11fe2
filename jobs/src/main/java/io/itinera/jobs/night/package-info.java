/**
 * Runs stages in order, remembers in the ledger what each has seen, and finishes what was broken
 * off.
 *
 * <p>A stage that dies leaves commits that bear its label but no row in {@code run_stages}; the
 * next run rolls them back before it starts. So a stage may write several tables and is still done
 * wholly or not at all.
 *
 * <p>Knows the lake and settings, but none of the stages: it is told what they need and write.
 */
package io.itinera.jobs.night;
