package io.itinera.core.map;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What each raw record would become: a touchpoint, a profile, both, or nothing for a reason. A
 * record is accepted or rejected as a whole.
 */
public final class Candidates {

  public static final String SOURCE = "source";

  /** File of the record. */
  public static final String PATH = "path";

  /** Ordinal of the record in its file, from 1. */
  public static final String POSITION = "position";

  /** Rank of the record among deliveries of the same; logical date and writing of its file. */
  public static final String RANK = "rank";

  public static final String FILE_DATE = "file_date";

  public static final String WRITTEN_AT = "written_at";

  /** Raw text of a rejected record; null for others. */
  public static final String RECORD = "record";

  /** Channel and day of the record's touchpoint, even of a rejected one, where it tells them. */
  public static final String CHANNEL = "channel";

  public static final String EVENT_DATE = "event_date";

  /** Why the record is rejected; null if it is not. */
  public static final String REASON = "reason";

  /** A sentence about the reason. */
  public static final String DETAIL = "detail";

  /** Struct of {@link #TOUCHPOINT_COLUMNS}; null where the record yields none. */
  public static final String TOUCHPOINT = "touchpoint";

  /** Struct of {@link #PROFILE_COLUMNS}; null where the record yields none. */
  public static final String PROFILE = "profile";

  /** Struct of {@link #COST_COLUMNS}; null where the record yields none. */
  public static final String COST = "cost";

  /** Struct of {@link #TOMBSTONE_COLUMNS}; null unless the record withdraws a touchpoint. */
  public static final String TOMBSTONE = "tombstone";

  /** Columns of touchpoints that loading fills from the record. */
  public static final List<String> TOUCHPOINT_COLUMNS =
      without(Touchpoints.TABLE, Touchpoints.REPEATS_TOUCHPOINT_ID, Touchpoints.LOADED_RUN_ID);

  /** Columns of profiles that loading fills from the record. */
  public static final List<String> PROFILE_COLUMNS =
      without(Profiles.TABLE, Profiles.LOADED_RUN_ID);

  /** Columns of campaign costs that loading fills from the record. */
  public static final List<String> COST_COLUMNS =
      without(CampaignCosts.TABLE, CampaignCosts.LOADED_RUN_ID);

  /** Columns of tombstones that loading fills from the record. */
  public static final List<String> TOMBSTONE_COLUMNS =
      without(Tombstones.TABLE, Tombstones.LOADED_RUN_ID);

  private Candidates() {}

  /** What the records of {@code sources} can become: columns of candidates. */
  public static Set<String> kinds(List<SourceRules> sources) {
    Set<String> kinds = new LinkedHashSet<>();
    for (SourceRules source : sources) {
      source
          .touchpoint()
          .ifPresent(
              block -> {
                kinds.add(TOUCHPOINT);
                if (block.columns().containsKey(MappingRules.DELETED)) {
                  kinds.add(TOMBSTONE);
                }
              });
      source.profile().ifPresent(block -> kinds.add(PROFILE));
      source.cost().ifPresent(block -> kinds.add(COST));
    }
    return kinds;
  }

  /**
   * Columns of {@code table} but {@code others}, and those that are the same for a whole record.
   */
  private static List<String> without(Table table, String... others) {
    return Arrays.stream(table.schema().fieldNames())
        .filter(name -> !Origin.COLUMNS.contains(name))
        .filter(name -> !List.of(others).contains(name))
        .toList();
  }
}
