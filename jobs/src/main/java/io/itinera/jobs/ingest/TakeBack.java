package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.map.Candidates;
import io.itinera.core.source.DeliveryRules.Rewritten;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Takes back what the raw files of a source had brought, where all of them are read again, as if
 * they had never been loaded: so what they bring now is stored, whatever it was before. Not of a
 * source whose rewritten files add: what its files held once is nowhere else.
 */
final class TakeBack {

  private TakeBack() {}

  /**
   * Takes back the rows of each source of which every file is read again.
   *
   * @param gone names of sources of which loaded files are gone; their rows stay
   * @param candidates what the files bring now
   * @return days of touchpoints that were taken back or come again: whatever is computed by day
   *     must be so anew
   */
  static Set<LocalDate> rows(
      StageContext context, Arrivals arrivals, Map<String, Long> gone, Dataset<Row> candidates) {
    Reload reload = context.night().reload();
    Set<String> whole = new TreeSet<>();
    Set<String> again = new TreeSet<>();
    for (SourceRules source : arrivals.sources()) {
      if (arrivals.files().get(source).stream().anyMatch(file -> reload.wants(source, file))) {
        again.add(source.name());
      }
      boolean isReplaced = source.deliveries().rewritten() == Rewritten.REPLACES;
      if (isReplaced && reload.wantsAll(source) && !gone.containsKey(source.name())) {
        whole.add(source.name());
      }
    }
    if (again.isEmpty()) {
      return Set.of();
    }
    Column day = col(Candidates.TOUCHPOINT).getField(Touchpoints.EVENT_DATE);
    Set<LocalDate> days =
        StoreTouchpoints.days(
            candidates
                .where(col(Candidates.SOURCE).isin(again.toArray()).and(day.isNotNull()))
                .select(day));
    if (!whole.isEmpty()) {
      days.addAll(takeBack(context, whole));
    }
    return days;
  }

  private static Set<LocalDate> takeBack(StageContext context, Set<String> whole) {
    Lake lake = context.lake();
    Column isTaken = col(Touchpoints.SOURCE).isin(whole.toArray());
    Dataset<Row> taken =
        lake.read(Touchpoints.TABLE)
            .where(isTaken)
            .select(Touchpoints.TOUCHPOINT_ID, Touchpoints.EVENT_DATE)
            .transform(HoldRows::of);
    Set<LocalDate> left = StoreTouchpoints.days(taken.select(Touchpoints.EVENT_DATE));
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE);
    lake.replacePartitions(
        Touchpoints.TABLE,
        left,
        touchpoints.where(StoreTouchpoints.isOn(left)).where(not(isTaken)),
        touchpoints.limit(0));
    lake.overwrite(
        TouchpointDates.TABLE,
        TouchpointDates.TABLE.without(lake.read(TouchpointDates.TABLE), taken));
    for (Table table :
        List.of(Profiles.TABLE, CampaignCosts.TABLE, RejectedRecords.TABLE, Deliveries.TABLE)) {
      remove(lake, table, whole);
    }
    remove(lake, Tombstones.TABLE, withoutOthersDeletions(context, whole));
    return left;
  }

  /** Where another source withdraws touchpoints of it, nobody knows whose tombstones are whose. */
  private static Set<String> withoutOthersDeletions(StageContext context, Set<String> names) {
    Set<String> own = new TreeSet<>(names);
    context
        .config()
        .sources()
        .forEach(
            source -> source.blocks().forEach(block -> block.of().ifPresent(o -> own.remove(o))));
    return own;
  }

  private static void remove(Lake lake, Table table, Set<String> names) {
    Column isTaken = col(Profiles.SOURCE).isin(names.toArray());
    Dataset<Row> rows = lake.read(table);
    if (!names.isEmpty() && !rows.where(isTaken).isEmpty()) {
      lake.overwrite(table, rows.where(coalesce(not(isTaken), lit(true))));
    }
  }
}
