package io.itinera.jobs.raw;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.itinera.core.raw.Expressions;
import io.itinera.core.raw.RawRecords;
import io.itinera.core.raw.SourceRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads files of separated values, JSON or text. */
public final class ReadRecords {

  private static final String VALUE = "value";

  private ReadRecords() {}

  /** As {@code RawFiles.read} for all formats but Parquet. */
  public static Dataset<Row> read(SparkSession spark, SourceRules source, List<RawFile> files) {
    StructType declared = source.schema().map(StructType::fromDDL).orElse(new StructType());
    FileOpener opener =
        new FileOpener(
            new SerializableConfiguration(spark.sessionState().newHadoopConf()),
            source.format(),
            source.options(),
            List.of(declared.fieldNames()),
            source.records().map(path -> List.of(path.split("\\."))).orElse(List.of()));
    JavaRDD<List<RawFile>> bins = bins(spark, files);
    return switch (source.format()) {
      case CSV -> csv(spark, source, declared, opener, bins);
      case TEXT -> withWanted(cut(spark, bins, opener, List.of(VALUE)), source);
      case JSON, JSONL -> ParseJson.parse(cut(spark, bins, opener, List.of()), source);
      case PARQUET -> throw new IllegalArgumentException("Parquet files are not cut into records");
    };
  }

  private static Dataset<Row> csv(
      SparkSession spark,
      SourceRules source,
      StructType declared,
      FileOpener opener,
      JavaRDD<List<RawFile>> bins) {
    // Files differ: the columns are those of all of them.
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    bins
        .flatMap(bin -> bin.stream().map(opener::header).distinct().iterator())
        .distinct()
        .collect()
        .stream()
        .flatMap(List::stream)
        .sorted()
        .forEach(names::add);
    Dataset<Row> cut = cut(spark, bins, opener, List.copyOf(names));
    return withWanted(DeclaredColumns.typed(cut, declared), source);
  }

  private static JavaRDD<List<RawFile>> bins(SparkSession spark, List<RawFile> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<List<RawFile>> bins = FileBins.pack(files, context.defaultParallelism());
    return context.parallelize(bins, bins.size());
  }

  private static Dataset<Row> cut(
      SparkSession spark, JavaRDD<List<RawFile>> bins, FileOpener opener, List<String> columns) {
    StructType schema =
        new StructType()
            .add(RawRecords.PATH, DataTypes.StringType)
            .add(RawRecords.MODIFIED_AT, DataTypes.LongType)
            .add(RawRecords.POSITION, DataTypes.LongType)
            .add(RawRecords.RECORD, DataTypes.StringType)
            .add(RawRecords.PROBLEM, DataTypes.StringType)
            .add(RawRecords.PROBLEM_DETAIL, DataTypes.StringType);
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    JavaRDD<Row> rows =
        bins.mapPartitions(
            lists -> {
              List<RawFile> files = new ArrayList<>();
              lists.forEachRemaining(files::addAll);
              return new CutFiles(opener, columns, files);
            });
    return spark
        .createDataFrame(rows, schema)
        .withColumn(RawRecords.MODIFIED_AT, timestamp_micros(col(RawRecords.MODIFIED_AT)));
  }

  static Dataset<Row> withWanted(Dataset<Row> records, SourceRules source) {
    Set<List<String>> inputs = Expressions.inputs(source);
    StructType wanted = WantedColumns.added(records.schema(), inputs, false);
    Column[] added =
        Arrays.stream(wanted.fields())
            .skip(records.schema().size())
            .map(field -> lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new);
    return records.select(
        Stream.concat(Stream.of(col("*")), Stream.of(added)).toArray(Column[]::new));
  }
}
