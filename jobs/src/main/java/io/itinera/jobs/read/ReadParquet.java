package io.itinera.jobs.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.files.CheckManifest;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.FieldSpelling;
import io.itinera.jobs.format.Fields;
import io.itinera.jobs.format.FileOpener;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.format.SpellFields;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
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
  static Dataset<Row> read(
      SparkSession spark, SourceRules source, List<RawFile> files, LackingFiles lacking) {
    FileOpener.Look look = FileOpener.Look.of(source, lacking);
    Map<String, List<RawFile>> kinds = new LinkedHashMap<>();
    List<Row> broken = new ArrayList<>();
    Map<String, Footer> footers =
        footers(spark, files).stream().collect(Collectors.toMap(Footer::path, footer -> footer));
    for (RawFile file : files) {
      Footer footer = footers.get(file.path());
      if (footer.problem() == null) {
        kinds.computeIfAbsent(footer.schema(), schema -> new ArrayList<>()).add(file);
        lacking.look(look, file.path(), footer.names());
      } else {
        broken.add(row(file, footer.problem()));
      }
    }
    Dataset<Row> rejected =
        spark
            .createDataFrame(broken, FACTS)
            .withColumn(RawRecords.MODIFIED_AT, timestamp_micros(col(RawRecords.MODIFIED_AT)));
    Dataset<Row> records =
        kinds.isEmpty()
            ? rejected
            : rows(spark, source, kinds.values()).unionByName(rejected, true);
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

  private static Dataset<Row> rows(
      SparkSession spark, SourceRules source, Collection<List<RawFile>> kinds) {
    ParquetScans scans = ParquetScans.of(spark, source, kinds);
    List<RawFile> files = kinds.stream().flatMap(List::stream).toList();
    return scans.rows().stream()
        .map(scan -> records(source, scan, scans.types()))
        .reduce((first, next) -> first.unionByName(next, true))
        .orElseThrow()
        .join(broadcast(listed(spark, files)), col(METADATA_PATH).equalTo(col(URL)), "inner")
        .drop(METADATA_PATH, URL);
  }

  /** Rows of one scan with the facts about them; a value that is not of its type is malformed. */
  private static Dataset<Row> records(
      SourceRules source, Dataset<Row> scan, Map<String, DataType> types) {
    List<Column> own = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    // An array of nothing would have no type.
    List<Column> faults = new ArrayList<>(List.of(lit(null).cast("string")));
    for (StructField field : scan.schema().fields()) {
      if (!RawRecords.COLUMNS.contains(field.name())) {
        Column value = named(field.name());
        DataType type = types.get(field.name());
        boolean isOfType = type.equals(field.dataType());
        Column typed = isOfType ? value : converted(value, field, type);
        own.add(value);
        columns.add(typed.as(field.name()));
        if (!isOfType) {
          faults.add(when(typed.isNull().and(value.isNotNull()), lit(field.name())));
        }
      }
    }
    Column names = array_join(array_compact(array(faults.toArray(Column[]::new))), ", ");
    Column isFaulty = names.notEqual("");
    columns.addAll(
        List.of(
            col("_metadata.file_path").as(METADATA_PATH),
            col("_metadata.row_index").plus(1L).as(RawRecords.POSITION),
            to_json(struct(own.toArray(Column[]::new))).as(RawRecords.RECORD),
            when(isFaulty, lit(RejectionReason.MALFORMED.text())).as(RawRecords.PROBLEM),
            when(isFaulty, concat(lit("Not of the declared type: "), names))
                .as(RawRecords.PROBLEM_DETAIL),
            other(source, scan.schema()).as(RawRecords.OTHER)));
    return scan.select(columns.toArray(Column[]::new));
  }

  private static Column converted(Column value, StructField from, DataType to) {
    if (!isNested(from)) {
      return value.try_cast(to);
    }
    // Fields are matched by name, and a number becomes the text that is declared.
    return to.equals(DataTypes.StringType)
        ? to_json(value)
        : from_json(
            udf(new SpellFields(Map.of(), FieldSpelling.of(to)), DataTypes.StringType)
                .apply(to_json(value)),
            to,
            Map.of());
  }

  private static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static Column other(SourceRules source, StructType stored) {
    StructType declared = source.files().schema().map(StructType::fromDDL).orElse(new StructType());
    Fields fields = new Fields(ReadRecords.wanted(source, declared), source.files().ignored());
    List<Column> entries = new ArrayList<>();
    for (StructField field : stored.fields()) {
      if (fields.isOther(field.name()) && !RawRecords.COLUMNS.contains(field.name())) {
        Column value = named(field.name());
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

  private static List<Footer> footers(SparkSession spark, List<RawFile> files) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<List<RawFile>> bins = FileBins.pack(files, context.defaultParallelism());
    return context
        .parallelize(bins, bins.size())
        .flatMap(bin -> bin.stream().map(file -> footer(hadoop, file)).iterator())
        .collect();
  }

  private static Footer footer(SerializableConfiguration hadoop, RawFile file) {
    try {
      CheckManifest.require(file, hadoop.value());
    } catch (IOException e) {
      return new Footer(file.path(), null, List.of(), e.toString());
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop.value()))) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      List<String> names = schema.getFields().stream().map(Type::getName).toList();
      return new Footer(file.path(), schema.toString(), names, null);
    } catch (IOException | RuntimeException e) {
      return new Footer(file.path(), null, List.of(), e.toString());
    }
  }

  /** The schema of a file, or why it has none. */
  private record Footer(String path, String schema, List<String> names, String problem)
      implements Serializable {}

  private static Row row(RawFile file, String problem) {
    return RowFactory.create(
        file.path(),
        file.modifiedMicros(),
        1L,
        null,
        RejectionReason.UNREADABLE_FILE.text(),
        "%s cannot be read: %s".formatted(file.path(), problem),
        null);
  }
}
