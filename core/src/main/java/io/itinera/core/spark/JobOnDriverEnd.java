package io.itinera.core.spark;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * Tells listeners, as an other event, and the event log what a job took that {@link JobsOnDriver}
 * did.
 *
 * @param lane whose job it was, by {@link JobsOnDriver#LANE}
 * @param rowsRead of files
 * @param bytesRead of files
 * @param rowsWritten to files
 * @param cpuNanos of the thread
 */
public record JobOnDriverEnd(
    String lane, long rowsRead, long bytesRead, long rowsWritten, long cpuNanos)
    implements SparkListenerEvent {}
