package io.itinera.jobs.night;

import io.itinera.core.table.RunStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a stage went.
 *
 * @param stage its name
 * @param status how it ended
 * @param records records of raw files that it read
 * @param tables rows that each table has which it wrote, those between stages left out
 * @param rowsRead rows that came out of scans of tables and raw files
 * @param bytesRead bytes that these scans read, and of raw files
 * @param rowsWritten rows written into tables, those among them that only moved
 * @param seconds wall clock
 * @param cpuSeconds executor CPU
 */
public record StageReport(
    String stage,
    RunStatus status,
    long records,
    Map<String, Long> tables,
    long rowsRead,
    long bytesRead,
    long rowsWritten,
    double seconds,
    double cpuSeconds) {

  public StageReport {
    // In the stage's own order.
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }
}
