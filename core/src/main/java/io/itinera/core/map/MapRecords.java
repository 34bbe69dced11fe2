package io.itinera.core.map;

import static org.apache.spark.sql.functions.row_number;

import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.spark.MakeLabels;
import io.itinera.core.spark.ProjectRecords;
import io.itinera.core.spark.RecordLayout;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag;

/** Says what each record of a source would become, in one pass over the records. */
public final class MapRecords {

  static final Fault LEFT_OUT =
      new Fault(RejectionReason.FILTERED, "Left out by the source's conditions.");

  /** Columns of {@link Candidates}. */
  static final StructType SCHEMA =
      new StructType()
          .add(Candidates.SOURCE, DataTypes.StringType)
          .add(Candidates.PATH, DataTypes.StringType)
          .add(Candidates.POSITION, DataTypes.LongType)
          .add(Candidates.RANK, DataTypes.LongType)
          .add(Candidates.FILE_DATE, DataTypes.DateType)
          .add(Candidates.WRITTEN_AT, DataTypes.TimestampType)
          .add(Candidates.RECORD, DataTypes.StringType)
          .add(Candidates.CHANNEL, DataTypes.StringType)
          .add(Candidates.EVENT_DATE, DataTypes.DateType)
          .add(Candidates.REASON, DataTypes.StringType)
          .add(Candidates.DETAIL, DataTypes.StringType)
          .add(Candidates.TOUCHPOINT, packed(Touchpoints.TABLE, Candidates.TOUCHPOINT_COLUMNS))
          .add(Candidates.PROFILE, packed(Profiles.TABLE, Candidates.PROFILE_COLUMNS))
          .add(Candidates.COST, packed(CampaignCosts.TABLE, Candidates.COST_COLUMNS))
          .add(Candidates.TOMBSTONE, packed(Tombstones.TABLE, Candidates.TOMBSTONE_COLUMNS));

  private MapRecords() {}

  /**
   * Maps every record of one source: Spark evaluates the source's expressions, plain Java does all
   * that is the same for all sources.
   *
   * @param records rows of {@link RawRecords}, with every column that the source's expressions name
   * @param asOfEnd first instant after the night's last day; what is later than this and later than
   *     its file, by more than the tolerance, lies in the future
   * @return one row of {@link Candidates} for each record
   */
  public static Dataset<Row> candidates(
      Dataset<Row> records, SourceRules source, LoadingRules rules, Instant asOfEnd) {
    return frame(
        (SparkSession) records.sparkSession(), rows(records, source, rules, asOfEnd).rdd());
  }

  /** Rows of {@link Candidates} as a dataset. */
  public static Dataset<Row> frame(SparkSession spark, RDD<InternalRow> candidates) {
    return spark.internalCreateDataFrame(candidates, SCHEMA, false);
  }

  /** Columns of {@link Candidates}. */
  public static StructType schema() {
    return SCHEMA;
  }

  /** As {@link #candidates}, for who takes the rows as they come. */
  public static JavaRDD<InternalRow> rows(
      Dataset<Row> records, SourceRules source, LoadingRules rules, Instant asOfEnd) {
    List<String> kept = new ArrayList<>(RawRecords.COLUMNS);
    Dataset<Row> numbered = records;
    if (source.blocks().anyMatch(block -> block.recordId().isEmpty())) {
      numbered = numbered(records);
      kept.add(RawRecords.ORDINAL);
    }
    EvaluateSource.Evaluated evaluated =
        EvaluateSource.evaluate(numbered, source, rules.placeholders(), kept);
    SparkSession spark = (SparkSession) records.sparkSession();
    MapRecord map = mapping(spark, source, rules, asOfEnd);
    RecordLayout layout = evaluated.layout();
    DataType[] types =
        Arrays.stream(evaluated.rows().schema().fields())
            .map(StructField::dataType)
            .toArray(DataType[]::new);
    JavaRDD<InternalRow> rows =
        ProjectRecords.of(evaluated.rows()).orElseGet(() -> planned(evaluated.rows()));
    return rows.mapPartitions(part -> mapped(part, layout, types, map));
  }

  private static JavaRDD<InternalRow> planned(Dataset<Row> rows) {
    return new JavaRDD<>(
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toRdd(),
        ClassTag.apply(InternalRow.class));
  }

  /** Who read the file has numbered equal records, if that was easy. */
  private static Dataset<Row> numbered(Dataset<Row> records) {
    if (List.of(records.columns()).contains(RawRecords.ORDINAL)) {
      return records;
    }
    WindowSpec sameText =
        Window.partitionBy(RawRecords.PATH, RawRecords.RECORD).orderBy(RawRecords.POSITION);
    return records.withColumn(RawRecords.ORDINAL, row_number().over(sameText));
  }

  private static MapRecord mapping(
      SparkSession spark, SourceRules source, LoadingRules rules, Instant asOfEnd) {
    Ranges ranges = Ranges.of(rules, asOfEnd);
    return new MapRecord(
        source,
        source.touchpoint().isEmpty()
            ? null
            : new MapTouchpoint(source, rules, ranges, MakeLabels.of(spark, source, rules)),
        source.profile().isEmpty() ? null : new MapProfile(source, rules, ranges),
        source.cost().isEmpty() ? null : new MapCost(source, rules, ranges));
  }

  private static Iterator<InternalRow> mapped(
      Iterator<InternalRow> rows, RecordLayout layout, DataType[] types, MapRecord map) {
    RecordValues record = new RecordValues(layout);
    int text = layout.placeOf(RawRecords.RECORD);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        RecordValues values = record.with(SparkValues.ofRow(rows.next(), types, text));
        return row(map.source(), values, map.of(values));
      }
    };
  }

  private static InternalRow row(String source, RecordValues record, MapRecord.Outcome outcome) {
    Fault fault = outcome.fault();
    return SparkValues.row(
        text(source),
        text(record.path()),
        record.get(RawRecords.POSITION),
        outcome.standing().rank(),
        outcome.standing().fileDate(),
        record.modifiedAt(),
        fault == null ? null : text(record.record()),
        text(outcome.channel()),
        outcome.day(),
        fault == null ? null : text(fault.reason().text()),
        fault == null ? null : text(fault.detail()),
        row(outcome.touchpoint(), Candidates.TOUCHPOINT),
        row(outcome.profile(), Candidates.PROFILE),
        row(outcome.cost(), Candidates.COST),
        row(outcome.tombstone(), Candidates.TOMBSTONE));
  }

  private static InternalRow row(Draft draft, String column) {
    if (draft == null) {
      return null;
    }
    StructField[] fields = ((StructType) SCHEMA.apply(column).dataType()).fields();
    Object[] values = draft.values();
    Object[] row = new Object[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = SparkValues.of(values[i], fields[i].dataType());
    }
    return SparkValues.row(row);
  }

  private static Object text(String text) {
    return SparkValues.of(text, DataTypes.StringType);
  }

  /**
   * Whether a touchpoint's sequence is its record's place in the file, because the source gives
   * none.
   */
  public static boolean sequenceIsPosition(SourceRules source) {
    return source.touchpoint().stream()
        .noneMatch(block -> block.columns().containsKey(Touchpoints.SEQUENCE));
  }

  /** Type of a struct of some columns of a table, in their order. */
  private static StructType packed(Table table, List<String> columns) {
    return new StructType(
        Stream.of(columns.toArray(String[]::new))
            .map(name -> table.schema().apply(name))
            .toArray(StructField[]::new));
  }
}
