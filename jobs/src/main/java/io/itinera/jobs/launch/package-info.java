/** The command line: commands, their session, what they show, how they end. */
package io.itinera.jobs.launch;
