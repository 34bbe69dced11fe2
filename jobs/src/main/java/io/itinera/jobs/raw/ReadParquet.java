package io.itinera.jobs.raw;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_json;

import io.itinera.core.raw.RawRecords;
import io.itinera.core.raw.SourceRules;
import io.itinera.core.table.ColumnTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads Parquet files. */
public final class ReadParquet {

  private static final String URL = "_url";
  private static final String METADATA_PATH = "_metadata_path";

  private ReadParquet() {}

  /**
   * As {@code RawFiles.read} for Parquet. The raw text of a record is its row as JSON. A file
   * without a readable footer is one unreadable record.
   */
  public static Dataset<Row> read(SparkSession spark, SourceRules source, List<RawFile> files) {
    List<Row> broken = broken(spark, files);
    Set<String> lost = broken.stream().map(row -> row.getString(0)).collect(Collectors.toSet());
    List<RawFile> whole = files.stream().filter(file -> !lost.contains(file.path())).toList();
    Dataset<Row> rejected =
        spark
            .createDataFrame(broken, FACTS)
            .withColumn(RawRecords.MODIFIED_AT, timestamp_micros(col(RawRecords.MODIFIED_AT)));
    Dataset<Row> records =
        whole.isEmpty() ? rejected : rows(spark, source, whole).unionByName(rejected, true);
    return ReadRecords.withWanted(records, source);
  }

  private static final StructType FACTS =
      new StructType()
          .add(RawRecords.PATH, DataTypes.StringType)
          .add(RawRecords.MODIFIED_AT, DataTypes.LongType)
          .add(RawRecords.POSITION, DataTypes.LongType)
          .add(RawRecords.RECORD, DataTypes.StringType)
          .add(RawRecords.PROBLEM, DataTypes.StringType)
          .add(RawRecords.PROBLEM_DETAIL, DataTypes.StringType)
          .add(RawRecords.OTHER, ColumnTypes.STRING_MAP);

  private static Dataset<Row> rows(SparkSession spark, SourceRules source, List<RawFile> files) {
    DataFrameReader reader =
        spark.read().options(source.files().options()).option("mergeSchema", true);
    source.files().schema().ifPresent(reader::schema);
    Dataset<Row> stored = reader.parquet(files.stream().map(RawFile::path).toArray(String[]::new));
    Column[] own =
        Stream.of(stored.schema().fieldNames())
            .filter(name -> !RawRecords.COLUMNS.contains(name))
            .map(name -> col("`" + name.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    Column[] facts = {
      col("_metadata.file_path").as(METADATA_PATH),
      col("_metadata.row_index").plus(1L).as(RawRecords.POSITION),
      to_json(struct(own)).as(RawRecords.RECORD),
      lit(null).cast("string").as(RawRecords.PROBLEM),
      lit(null).cast("string").as(RawRecords.PROBLEM_DETAIL),
      other(source, stored.schema()).as(RawRecords.OTHER)
    };
    return stored
        .select(Stream.concat(Stream.of(facts), Stream.of(own)).toArray(Column[]::new))
        .join(broadcast(listed(spark, files)), col(METADATA_PATH).equalTo(col(URL)), "inner")
        .drop(METADATA_PATH, URL);
  }

  private static Column other(SourceRules source, StructType stored) {
    StructType declared = source.files().schema().map(StructType::fromDDL).orElse(new StructType());
    Fields fields = new Fields(ReadRecords.wanted(source, declared), source.files().ignored());
    List<Column> entries = new ArrayList<>();
    for (StructField field : stored.fields()) {
      if (fields.isOther(field.name()) && !RawRecords.COLUMNS.contains(field.name())) {
        Column value = col("`" + field.name().replace("`", "``") + "`");
        entries.add(lit(field.name()));
        entries.add(isNested(field) ? to_json(value) : value.cast("string"));
      }
    }
    return entries.isEmpty()
        ? lit(null).cast(ColumnTypes.STRING_MAP)
        : map_filter(map(entries.toArray(Column[]::new)), (name, value) -> value.isNotNull());
  }

  private static boolean isNested(StructField field) {
    return field.dataType() instanceof StructType
        || field.dataType() instanceof ArrayType
        || field.dataType() instanceof MapType;
  }

  /** Paths as listed beside the way in which Spark writes them. */
  private static Dataset<Row> listed(SparkSession spark, List<RawFile> files) {
    StructType schema =
        new StructType()
            .add(RawRecords.PATH, DataTypes.StringType)
            .add(RawRecords.MODIFIED_AT, DataTypes.LongType)
            .add(URL, DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    for (RawFile file : files) {
      String url = SparkPath.fromPath(new Path(file.path())).urlEncoded();
      rows.add(RowFactory.create(file.path(), file.modifiedMicros(), url));
    }
    return spark
        .createDataFrame(rows, schema)
        .withColumn(RawRecords.MODIFIED_AT, timestamp_micros(col(RawRecords.MODIFIED_AT)));
  }

  private static List<Row> broken(SparkSession spark, List<RawFile> files) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<List<RawFile>> bins = FileBins.pack(files, context.defaultParallelism());
    return context
        .parallelize(bins, bins.size())
        .flatMap(bin -> bin.stream().flatMap(file -> problem(hadoop, file)).iterator())
        .collect();
  }

  private static Stream<Row> problem(SerializableConfiguration hadoop, RawFile file) {
    try {
      CheckManifest.require(file, hadoop.value());
    } catch (IOException e) {
      return Stream.of(row(file, e.toString()));
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop.value()))) {
      return reader.getFooter() == null ? Stream.of(row(file, "no footer")) : Stream.empty();
    } catch (IOException | RuntimeException e) {
      return Stream.of(row(file, e.toString()));
    }
  }

  private static Row row(RawFile file, String problem) {
    return RowFactory.create(
        file.path(),
        file.modifiedMicros(),
        1L,
        null,
        RawRecords.UNREADABLE_FILE,
        "%s cannot be read: %s".formatted(file.path(), problem),
        null);
  }
}
