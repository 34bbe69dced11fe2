/** Lets clients of other processes ask: by JDBC, and from notebooks by Spark Connect. */
package io.itinera.jobs.serve;
