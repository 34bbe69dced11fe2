package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.itinera.core.map.Candidates;
import io.itinera.core.settle.CountOutcomes;
import io.itinera.core.settle.IndexRecords;
import io.itinera.core.source.DeliveryRules.Rewritten;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.jobs.ingest.IngestJob.Batch;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.MadeWith;
import io.itinera.jobs.night.StageContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes down which files were read and what became of their records. */
final class StoreAccounts {

  private static final StructType FILES =
      new StructType()
          .add(LoadedFiles.SOURCE, DataTypes.StringType)
          .add(LoadedFiles.PATH, DataTypes.StringType)
          .add(LoadedFiles.SIZE_BYTES, DataTypes.LongType)
          .add(LoadedFiles.MODIFIED_AT, DataTypes.LongType)
          .add(LoadedFiles.SETTINGS, DataTypes.StringType);

  private static final String[] KEY = {LoadedFiles.SOURCE, LoadedFiles.PATH};

  private StoreAccounts() {}

  static void store(StageContext context, Arrivals arrivals, Batch batch) {
    Lake lake = context.lake();
    String runId = context.night().runId();
    Column now = lit(Instant.now());
    if (batch.areRejected()) {
      lake.appendAsTheyLie(
          RejectedRecords.TABLE,
          batch
              .delivered()
              .where(col(Candidates.REASON).isNotNull())
              .withColumn(RejectedRecords.RUN_ID, lit(runId))
              .withColumn(RejectedRecords.REJECTED_AT, now));
    }
    lake.appendAsTheyLie(
        RecordFiles.TABLE,
        IndexRecords.rows(batch.delivered(), context.config().sources())
            .withColumn(RecordFiles.RUN_ID, lit(runId)));
    Dataset<Row> counted = counted(context, batch);
    Dataset<Row> accounts =
        accounts(context, arrivals, CountOutcomes.perFile(counted))
            .withColumn(LoadedFiles.RUN_ID, lit(runId))
            .withColumn(LoadedFiles.LOADED_AT, now);
    Dataset<Row> files = accounts.select(LoadedFiles.SOURCE, LoadedFiles.PATH);
    lake.overwrite(
        Deliveries.TABLE,
        CountOutcomes.remembered(
            lake.read(Deliveries.TABLE),
            counted.withColumn(Deliveries.RUN_ID, lit(runId)),
            files.where(not(col(LoadedFiles.SOURCE).isin(adding(arrivals))))));
    Dataset<Row> others = LoadedFiles.TABLE.without(lake.read(LoadedFiles.TABLE), files);
    lake.overwrite(LoadedFiles.TABLE, others.union(LoadedFiles.TABLE.conform(accounts)));
    CompareCounts.store(context, arrivals);
    WarnOfColumns.store(context, batch.lacking());
  }

  private static Dataset<Row> counted(StageContext context, Batch batch) {
    return batch.areContested()
        ? CountOutcomes.counted(batch.delivered(), batch.contests(), context.config().sources())
            .transform(HoldRows::of)
        : context
            .lake()
            .spark()
            .createDataFrame(CountOutcomes.uncontested(batch.counts()), CountOutcomes.COUNTED);
  }

  /** Names of sources whose rewritten files leave what they held before. */
  private static Object[] adding(Arrivals arrivals) {
    return arrivals.sources().stream()
        .filter(source -> source.deliveries().rewritten() == Rewritten.ADDS)
        .map(SourceRules::name)
        .toArray();
  }

  /** A row for each file, with zeros for one without records. */
  private static Dataset<Row> accounts(
      StageContext context, Arrivals arrivals, Dataset<Row> counted) {
    List<Row> files = new ArrayList<>();
    arrivals
        .files()
        .forEach(
            (source, list) ->
                list.forEach(
                    file ->
                        files.add(
                            RowFactory.create(
                                source.name(),
                                file.path(),
                                file.sizeBytes(),
                                file.modifiedMicros(),
                                MadeWith.of(source, context.config()).fingerprint()))));
    Dataset<Row> joined =
        context
            .lake()
            .spark()
            .createDataFrame(files, FILES)
            .withColumn(LoadedFiles.MODIFIED_AT, timestamp_micros(col(LoadedFiles.MODIFIED_AT)))
            .join(counted, KEY, "left");
    for (String count :
        List.of(
            LoadedFiles.RECORDS_READ,
            LoadedFiles.RECORDS_ACCEPTED,
            LoadedFiles.RECORDS_DUPLICATE,
            LoadedFiles.RECORDS_REJECTED)) {
      joined = joined.withColumn(count, coalesce(col(count), lit(0L)));
    }
    return joined;
  }
}
