package io.itinera.jobs.lake;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.Table;
import java.util.Set;

/**
 * The tables whose changes are recorded for later stages: compact ones only, since a change feed
 * writes every replaced row again.
 */
final class ChangeFeeds {

  private static final Set<Table> RECORDED = Set.of(Evidence.TABLE, IdentityMoves.TABLE);

  private ChangeFeeds() {}

  static boolean isRecordedFor(Table table) {
    return RECORDED.contains(table);
  }
}
