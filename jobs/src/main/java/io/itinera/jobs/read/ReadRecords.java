package io.itinera.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.Expressions;
import io.itinera.core.table.ColumnTypes;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.FieldSpelling;
import io.itinera.jobs.format.Fields;
import io.itinera.jobs.format.FileOpener;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.format.SpellFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads files of all formats but Parquet. */
public final class ReadRecords {

  private static final Set<FileRules.Format> PARSED =
      EnumSet.of(
          FileRules.Format.JSON,
          FileRules.Format.JSONL,
          FileRules.Format.XML,
          FileRules.Format.AVRO);

  /** Packed files of that size hold some ten million lines. */
  private static final long LARGEST_COUNTED = 512L << 20;

  private ReadRecords() {}

  /** As {@code RawFiles.read} for all formats but Parquet. */
  static Dataset<Row> read(
      SparkSession spark, SourceRules source, List<RawFile> files, LackingFiles lacking) {
    FileRules rules = source.files();
    StructType declared = rules.schema().map(StructType::fromDDL).orElse(new StructType());
    Set<List<String>> inputs = Expressions.inputs(source);
    Fields fields = new Fields(wanted(source, declared), rules.ignored());
    // Spark finds the fields of JSON in any spelling only where it has inferred them.
    boolean isAsSpelt = !declared.isEmpty() && PARSED.contains(rules.format());
    FileOpener opener =
        FileOpener.of(
            new SerializableConfiguration(spark.sessionState().newHadoopConf()),
            rules,
            new FileOpener.Columns(
                List.of(declared.fieldNames()),
                isAsSpelt ? fields.asSpelt() : fields,
                PARSED.contains(rules.format())
                    ? FieldSpelling.of(WantedColumns.added(declared, inputs, declared.isEmpty()))
                        .withKeys(inputs)
                    : FieldSpelling.none()),
            FileOpener.Look.of(source, lacking));
    FileOpener.Cut each = new FileOpener.Cut(parsed(source, declared), countsEqual(source, files));
    Dataset<Row> cut = cut(spark, bins(spark, files), opener.cutting(each));
    if (each.parsed() != null) {
      return cut;
    }
    return switch (rules.format()) {
      case CSV, TSV, W3C -> DeclaredColumns.typed(cut, declared);
      case TEXT -> cut;
      case JSON, JSONL, XML, AVRO -> ParseText.parse(cut, source);
      case PARQUET -> throw new IllegalArgumentException("Parquet files are not cut into records");
    };
  }

  /** The columns of lines of JSON that are parsed as they are cut; null for other records. */
  private static StructType parsed(SourceRules source, StructType declared) {
    // Where a schema spells one field in several ways, which of them is meant depends on the
    // record.
    boolean isPlain = !declared.isEmpty() && SpellFields.firstOf(declared).equals(declared);
    if (source.files().format() != FileRules.Format.JSONL || !isPlain) {
      return null;
    }
    StructType wanted = WantedColumns.added(declared, Expressions.inputs(source), false);
    return new StructType(
        Arrays.stream(wanted.fields())
            .filter(field -> !RawRecords.COLUMNS.contains(Fields.folded(field.name())))
            .toArray(StructField[]::new));
  }

  /**
   * Whether who cuts a file shall number its equal records. Of a very large file that would take
   * too much memory; Spark numbers them then.
   */
  private static boolean countsEqual(SourceRules source, List<RawFile> files) {
    return source.files().explode().isEmpty()
        && source.blocks().anyMatch(block -> block.recordId().isEmpty())
        && files.stream().allMatch(file -> file.sizeBytes() <= LARGEST_COUNTED);
  }

  /** Names of the columns that somebody asks for, each once, in the order of the alphabet. */
  static List<String> wanted(SourceRules source, StructType declared) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of(declared.fieldNames()));
    source.files().lookups().forEach(lookup -> names.add(lookup.column()));
    Expressions.inputs(source).stream().map(path -> path.get(0)).sorted().forEach(names::add);
    names.removeAll(RawRecords.COLUMNS);
    names.remove(ExplodeRecords.ITEM);
    return List.copyOf(names);
  }

  private static JavaRDD<List<RawFile>> bins(SparkSession spark, List<RawFile> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<List<RawFile>> bins = FileBins.pack(files, context.defaultParallelism());
    return context.parallelize(bins, bins.size());
  }

  private static Dataset<Row> cut(
      SparkSession spark, JavaRDD<List<RawFile>> bins, FileOpener opener) {
    StructType schema =
        new StructType()
            .add(RawRecords.PATH, DataTypes.StringType)
            .add(RawRecords.MODIFIED_AT, DataTypes.TimestampType)
            .add(RawRecords.POSITION, DataTypes.LongType)
            .add(RawRecords.RECORD, DataTypes.StringType)
            .add(RawRecords.PROBLEM, DataTypes.StringType)
            .add(RawRecords.PROBLEM_DETAIL, DataTypes.StringType)
            .add(RawRecords.OTHER, ColumnTypes.STRING_MAP)
            .add(RawRecords.ORDINAL, DataTypes.IntegerType);
    for (StructField column : opener.columns().fields()) {
      schema = schema.add(column);
    }
    JavaRDD<InternalRow> rows =
        bins.mapPartitions(
            lists -> {
              List<RawFile> files = new ArrayList<>();
              lists.forEachRemaining(files::addAll);
              return new CutFiles(opener, files);
            });
    Dataset<Row> records =
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .internalCreateDataFrame(rows.rdd(), schema, false);
    return opener.cut().countsEqual() ? records : records.drop(RawRecords.ORDINAL);
  }

  /** Adds what expressions name and files lack, as null. */
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
