package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a stage had seen when it last succeeded.
 *
 * @param asOf the night it worked on
 * @param rulesHash hash of the settings it used
 * @param versions table name to Delta version
 */
public record Seen(LocalDate asOf, String rulesHash, Map<String, Long> versions) {

  public Seen {
    versions = Map.copyOf(versions);
  }

  /** Version of {@code table} that was seen; −1 when it was never looked at. */
  public long version(Table table) {
    return versions.getOrDefault(table.name(), -1L);
  }
}
