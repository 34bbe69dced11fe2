package io.itinera.core.raw;

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
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
      Arrays.stream(Touchpoints.TABLE.schema().fieldNames())
          .filter(name -> !name.equals(Touchpoints.CUSTOMER_ID))
          .filter(name -> !name.equals(Touchpoints.SESSION_ID))
          .filter(name -> !name.equals(Touchpoints.REPEATS_TOUCHPOINT_ID))
          .filter(name -> !name.equals(Touchpoints.LOADED_RUN_ID))
          .toList();

  /** Columns of profiles that loading fills from the record. */
  public static final List<String> PROFILE_COLUMNS =
      Arrays.stream(Profiles.TABLE.schema().fieldNames())
          .filter(name -> !name.equals(Profiles.LOADED_RUN_ID))
          .toList();

  /** Columns of campaign costs that loading fills from the record. */
  public static final List<String> COST_COLUMNS =
      Arrays.stream(CampaignCosts.TABLE.schema().fieldNames())
          .filter(name -> !name.equals(CampaignCosts.LOADED_RUN_ID))
          .toList();

  /** Columns of tombstones that loading fills from the record. */
  public static final List<String> TOMBSTONE_COLUMNS =
      Arrays.stream(Tombstones.TABLE.schema().fieldNames())
          .filter(name -> !name.equals(Tombstones.LOADED_RUN_ID))
          .toList();

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
}
