package io.itinera.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.raw.Candidates;
import io.itinera.core.raw.CollectEvidence;
import io.itinera.core.raw.PickWinners;
import io.itinera.core.raw.SourceRules;
import io.itinera.core.rule.Hold;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.IngestJob.Batch;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts the night's touchpoints where they belong. */
final class StoreTouchpoints {

  private static final String DELIVERED_ID = "delivered_id";
  private static final String REPLACED_ID = "replaced_id";

  private StoreTouchpoints() {}

  /**
   * The stored touchpoints that the candidates may deliver again: those of their sources and days,
   * and where a source may move its records to other days, those days too.
   */
  static Dataset<Row> stored(Lake lake, List<SourceRules> sources, Dataset<Row> candidates) {
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE);
    if (touchpoints.isEmpty()) {
      return touchpoints;
    }
    Dataset<Row> delivered =
        candidates
            .where(col(Candidates.TOUCHPOINT).isNotNull())
            .select(Candidates.TOUCHPOINT + ".*");
    Set<LocalDate> days = days(delivered.select(Touchpoints.EVENT_DATE));
    Object[] redated = redated(sources);
    if (redated.length > 0) {
      Dataset<Row> ids =
          delivered
              .where(col(Touchpoints.SOURCE).isin(redated))
              .select(col(Touchpoints.TOUCHPOINT_ID).as(DELIVERED_ID));
      days.addAll(
          days(
              lake.read(TouchpointDates.TABLE)
                  .join(ids, id().equalTo(col(DELIVERED_ID)), "left_semi")
                  .select(TouchpointDates.EVENT_DATE)));
    }
    Object[] names = sources.stream().map(SourceRules::name).toArray();
    return touchpoints.where(isOn(days)).where(col(Touchpoints.SOURCE).isin(names));
  }

  /** Writes new rows, replaces changed ones, and sums up the days that they touch anew. */
  static void store(
      StageContext context, List<SourceRules> sources, Batch batch, Dataset<Row> stored) {
    Lake lake = context.lake();
    Dataset<Row> winners =
        PickWinners.touchpoints(batch.candidates(), batch.contests(), stored)
            .withColumn(Touchpoints.CUSTOMER_ID, lit(null).cast("string"))
            .withColumn(Touchpoints.SESSION_ID, lit(null).cast("string"))
            .withColumn(Touchpoints.LOADED_RUN_ID, lit(context.night().runId()));
    Set<LocalDate> coming = days(winners.select(Touchpoints.EVENT_DATE));
    if (coming.isEmpty()) {
      return;
    }
    Column replaces = col(PickWinners.REPLACED_DATE).isNotNull();
    Set<LocalDate> going = days(winners.where(replaces).select(PickWinners.REPLACED_DATE));
    rememberDates(lake, redated(sources), winners);
    if (!going.isEmpty()) {
      Dataset<Row> replaced =
          winners
              .where(replaces)
              .select(col(Touchpoints.TOUCHPOINT_ID).as(REPLACED_ID))
              .transform(Hold::toJoin);
      Dataset<Row> staying =
          lake.read(Touchpoints.TABLE)
              .where(isOn(going))
              .join(
                  replaced, col(Touchpoints.TOUCHPOINT_ID).equalTo(col(REPLACED_ID)), "left_anti");
      lake.replacePartitions(Touchpoints.TABLE, going, staying, winners.where(isOn(going)));
    }
    if (!going.containsAll(coming)) {
      lake.append(Touchpoints.TABLE, winners.where(not(isOn(going))));
    }
    coming.addAll(going);
    writeEvidence(lake, coming);
  }

  private static void rememberDates(Lake lake, Object[] redated, Dataset<Row> winners) {
    Dataset<Row> moves =
        winners
            .where(col(Touchpoints.SOURCE).isin(redated))
            .where(
                coalesce(
                    col(Touchpoints.EVENT_DATE).notEqual(col(PickWinners.REPLACED_DATE)),
                    lit(true)))
            .select(Touchpoints.TOUCHPOINT_ID, Touchpoints.EVENT_DATE, PickWinners.REPLACED_DATE)
            .transform(Hold::of);
    if (redated.length == 0 || moves.isEmpty()) {
      return;
    }
    if (moves.where(col(PickWinners.REPLACED_DATE).isNotNull()).isEmpty()) {
      lake.append(TouchpointDates.TABLE, moves);
      return;
    }
    Dataset<Row> moved = moves.select(col(Touchpoints.TOUCHPOINT_ID).as(REPLACED_ID));
    Dataset<Row> staying =
        lake.read(TouchpointDates.TABLE).join(moved, id().equalTo(col(REPLACED_ID)), "left_anti");
    lake.overwrite(TouchpointDates.TABLE, staying.union(TouchpointDates.TABLE.conform(moves)));
  }

  private static void writeEvidence(Lake lake, Set<LocalDate> days) {
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE).where(isOn(days));
    lake.replaceWhere(
        Evidence.TABLE,
        evidenceOf(CollectEvidence.TOUCHPOINT, days),
        CollectEvidence.ofTouchpoints(touchpoints));
  }

  /** SQL predicate that selects the evidence of one kind on some days. */
  static String evidenceOf(String kind, Set<LocalDate> days) {
    return "%s AND %s = '%s'"
        .formatted(Lake.inPartitions(Evidence.TABLE, days), Evidence.KIND, kind);
  }

  /** The distinct days in the only column of {@code rows}. */
  static Set<LocalDate> days(Dataset<Row> rows) {
    return rows.distinct().collectAsList().stream()
        .map(row -> LocalDate.parse(String.valueOf(row.<Object>getAs(0))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Column isOn(Set<LocalDate> days) {
    return col(Touchpoints.EVENT_DATE).isin(days.toArray());
  }

  private static Column id() {
    return col(TouchpointDates.TOUCHPOINT_ID);
  }

  private static Object[] redated(List<SourceRules> sources) {
    return sources.stream()
        .filter(SourceRules::redated)
        .filter(source -> source.touchpoint().stream().anyMatch(b -> b.recordId().isPresent()))
        .map(SourceRules::name)
        .toArray();
  }
}
