/**
 * The command line: a class a command, the options that commands share, how they start and end.
 *
 * <p>Nothing else knows it, or the library that reads command lines.
 */
package io.itinera.jobs.launch;
