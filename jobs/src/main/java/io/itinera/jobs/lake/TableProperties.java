package io.itinera.jobs.lake;

import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Table;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What Delta is told about tables. */
final class TableProperties {

  /** Later stages look at what changed in them. */
  private static final Set<Table> FOLLOWED =
      Set.of(
          Evidence.TABLE,
          MatchModels.TABLE,
          ProfileMatches.TABLE,
          AffectedCustomers.TABLE,
          IdentityOverrides.TABLE);

  /** A stage may lag that long however often somebody runs VACUUM. */
  private static final String KEPT = "interval 60 days";

  private static final Map<String, String> ALL =
      Map.of(
          // Python's reader refuses tables that have them.
          "delta.enableDeletionVectors", "false",
          // What changed is seen from the files that came and went.
          "delta.enableChangeDataFeed", "false",
          // The log would keep people's names and addresses for ever.
          "delta.dataSkippingNumIndexedCols", "0");

  private TableProperties() {}

  static Map<String, String> of(Table table) {
    Map<String, String> properties = new TreeMap<>(ALL);
    if (FOLLOWED.contains(table)) {
      properties.put("delta.deletedFileRetentionDuration", KEPT);
      properties.put("delta.logRetentionDuration", KEPT);
    }
    return properties;
  }
}
