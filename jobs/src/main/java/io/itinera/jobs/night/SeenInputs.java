package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a stage had seen when it last succeeded.
 *
 * @param asOf the night it worked on
 * @param rulesHash hash of the settings it used, and of what its inputs were made with
 * @param basis the run in which it last looked at everyone: all its rows follow from that one
 * @param versions table name to Delta version
 * @param furthest the latest night that it ever succeeded with
 */
public record SeenInputs(
    LocalDate asOf, String rulesHash, String basis, Map<String, Long> versions, Furthest furthest) {

  /**
   * The latest night that a stage succeeded with, and the last run of it. A night before it looks
   * back.
   */
  public record Furthest(LocalDate asOf, String runId) {}

  public SeenInputs {
    versions = Map.copyOf(versions);
  }

  /** Version of {@code table} that was seen; −1 when it was never looked at. */
  public long version(Table table) {
    return versions.getOrDefault(table.name(), -1L);
  }
}
