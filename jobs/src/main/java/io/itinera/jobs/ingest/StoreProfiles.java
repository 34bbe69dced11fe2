package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.settle.PickWinners;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.ingest.IngestJob.Batch;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.NamedKeys;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts the night's profiles where they belong. */
final class StoreProfiles {

  /** Kinds of evidence that profiles give. */
  private static final List<String> KINDS =
      List.of(EvidenceKind.PROFILE.text(), EvidenceKind.MERGE.text());

  private StoreProfiles() {}

  /**
   * Writes new and changed rows, removes those that no file holds any more, and sums up the days
   * that they touch anew.
   */
  static void store(StageContext context, Batch batch) {
    Lake lake = context.lake();
    LoadingRules rules = context.config().raw();
    Dataset<Row> winners =
        PickWinners.profiles(batch.candidates(), batch.contests())
            .withColumn(Profiles.LOADED_RUN_ID, lit(context.night().runId()))
            .transform(HoldRows::of);
    Dataset<Row> gone = PickWinners.goneProfiles(batch.contests()).transform(HoldRows::of);
    List<Row> touched =
        winners
            .select(CollectEvidence.dayOf(rules), col(PickWinners.IS_REPLACEMENT))
            .distinct()
            .collectAsList();
    Set<LocalDate> days =
        touched.stream()
            .map(row -> LocalDate.parse(String.valueOf(row.<Object>getAs(0))))
            .collect(Collectors.toCollection(TreeSet::new));
    boolean areGone = batch.isRestated() && !gone.isEmpty();
    if (days.isEmpty() && !areGone) {
      return;
    }
    if (!areGone && touched.stream().noneMatch(row -> row.getBoolean(1))) {
      lake.append(Profiles.TABLE, winners);
    } else {
      Dataset<Row> keys =
          winners
              .select(Profiles.SOURCE, Profiles.RECORD_ID)
              .union(gone)
              .transform(HoldRows::toSend);
      NamedKeys changed = new NamedKeys(List.of(Profiles.SOURCE, Profiles.RECORD_ID), keys);
      Dataset<Row> before = changed.replaced(lake.read(Profiles.TABLE));
      days.addAll(StoreTouchpoints.days(before.select(CollectEvidence.dayOf(rules))));
      lake.replace(Profiles.TABLE, changed, winners);
    }
    Dataset<Row> ofTheseDays =
        lake.read(Profiles.TABLE).where(CollectEvidence.dayOf(rules).isin(days.toArray()));
    lake.replace(
        Evidence.TABLE,
        Slice.of(Evidence.TABLE, days).within(Evidence.KIND, KINDS),
        CollectEvidence.ofProfiles(ofTheseDays, rules));
  }

  /**
   * Sums up all profiles anew, since what they were made with may have moved them to other days.
   */
  static void sumUpAll(StageContext context) {
    Lake lake = context.lake();
    lake.replace(
        Evidence.TABLE,
        Slice.where(Evidence.KIND, KINDS),
        CollectEvidence.ofProfiles(lake.read(Profiles.TABLE), context.config().raw()));
  }
}
