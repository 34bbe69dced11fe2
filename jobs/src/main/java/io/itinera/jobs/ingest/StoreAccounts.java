package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.itinera.core.settle.CountOutcomes;
import io.itinera.core.settle.RecordCount;
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

  /**
   * Stores them.
   *
   * @param records what was written down of each record
   */
  static void store(
      StageContext context, Arrivals arrivals, Batch batch, MappedFiles.Accounts records) {
    Lake lake = context.lake();
    String runId = context.night().runId();
    lake.append(RejectedRecords.TABLE, records.rejected());
    lake.append(RecordFiles.TABLE, records.held());
    Dataset<Row> counted = counted(context, batch);
    Dataset<Row> accounts =
        accounts(context, arrivals, CountOutcomes.perFile(counted))
            .withColumn(LoadedFiles.RUN_ID, lit(runId))
            .withColumn(LoadedFiles.LOADED_AT, lit(Instant.now()));
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
    if (!batch.areContested()) {
      return uncontested(context, batch.counts());
    }
    List<RecordCount> rejected =
        batch.counts().stream().filter(count -> count.reason() != null).toList();
    return CountOutcomes.counted(batch.delivered(), batch.contests(), context.config().sources())
        .union(uncontested(context, rejected))
        .transform(HoldRows::of);
  }

  private static Dataset<Row> uncontested(StageContext context, List<RecordCount> counts) {
    return context
        .lake()
        .spark()
        .createDataFrame(CountOutcomes.uncontested(counts), CountOutcomes.COUNTED);
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
