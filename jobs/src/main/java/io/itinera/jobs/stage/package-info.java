/**
 * The stages of a night: each reads tables of the lake, runs steps of core and writes what came of
 * it.
 *
 * <p>{@link io.itinera.jobs.stage.Stages} has them in order, each with what it needs, reads and
 * writes. What a stage computes stands in core; here stands only what it reads, whom it looks at
 * and what it replaces. Knows the lake, the night and the settings' records, never the command
 * line.
 */
package io.itinera.jobs.stage;
