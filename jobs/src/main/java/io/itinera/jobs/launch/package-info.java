/**
 * The command line: a class a command, the options that commands share, how they start and end.
 *
 * <p>It may use every other room, and none knows it.
 */
package io.itinera.jobs.launch;
