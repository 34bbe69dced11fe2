/**
 * The command line: commands, their session, what they show, how they end.
 *
 * <p>It may use every other room, and none knows it.
 */
package io.itinera.jobs.launch;
