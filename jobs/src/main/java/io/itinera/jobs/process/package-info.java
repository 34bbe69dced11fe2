/**
 * What the process of a command has: Spark's session, the file that is logged to, and the error
 * that says it was asked for what cannot be.
 */
package io.itinera.jobs.process;
