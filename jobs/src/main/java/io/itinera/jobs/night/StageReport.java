package io.itinera.jobs.night;

/**
 * How a stage went.
 *
 * @param stage its name
 * @param status succeeded, skipped or failed
 * @param rowsRead rows that came out of scans of tables and raw files
 * @param rowsWritten rows written into tables
 * @param seconds wall clock
 * @param cpuSeconds executor CPU
 */
public record StageReport(
    String stage,
    String status,
    long rowsRead,
    long rowsWritten,
    double seconds,
    double cpuSeconds) {}
