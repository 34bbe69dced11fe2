package io.itinera.jobs.config;

import static io.itinera.core.spark.PatternFunctions.expr;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Real files read in the plainest way, and every expression of their source evaluated: shows that
 * the expressions fit the files, under ANSI rules, which forgive nothing.
 */
final class MappedRecords {

  private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_][A-Za-z0-9_]*\\b");

  private MappedRecords() {}

  /** The block {@code touchpoint} for each record it is for. */
  static Dataset<Row> touchpoints(SparkSession spark, SourceRules source) {
    return mapped(records(spark, source), source, source.touchpoint().orElseThrow());
  }

  /** The block {@code profile} for each record it is for. */
  static Dataset<Row> profiles(SparkSession spark, SourceRules source) {
    return mapped(records(spark, source), source, source.profile().orElseThrow());
  }

  private static Dataset<Row> mapped(
      Dataset<Row> records, SourceRules source, MappingRules mapping) {
    List<Column> columns = new ArrayList<>();
    source.deliveries().versionAt().ifPresent(text -> columns.add(expr(text).as("version_at")));
    mapping.recordId().ifPresent(text -> columns.add(expr(text).as("record_id")));
    mapping.columns().forEach((name, text) -> columns.add(expr(text).as(name)));
    mapping.identifiers().forEach((type, text) -> columns.add(expr(text).as("id_" + type)));
    List<String> texts = texts(source, mapping);
    return withNulls(records, texts)
        .where(expr(source.where().orElse("true")))
        .where(expr(mapping.where().orElse("true")))
        .select(columns.toArray(Column[]::new));
  }

  private static List<String> texts(SourceRules source, MappingRules mapping) {
    return Stream.of(
            Stream.of(
                    source.where(),
                    source.deliveries().versionAt(),
                    mapping.where(),
                    mapping.recordId())
                .flatMap(text -> text.stream()),
            mapping.columns().values().stream(),
            mapping.identifiers().values().stream())
        .flatMap(text -> text)
        .toList();
  }

  /** A column that an expression names and the file lacks is null: here, any word that is none. */
  private static Dataset<Row> withNulls(Dataset<Row> records, List<String> texts) {
    Set<String> present =
        Arrays.stream(records.columns())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    List<Column> columns = new ArrayList<>();
    for (String name : records.columns()) {
      columns.add(col("`" + name + "`"));
    }
    for (String text : texts) {
      Matcher word = WORD.matcher(text.replaceAll("'[^']*'", ""));
      while (word.find()) {
        if (present.add(word.group().toLowerCase(Locale.ROOT))) {
          columns.add(lit(null).cast("string").as(word.group()));
        }
      }
    }
    return records.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> records(SparkSession spark, SourceRules source) {
    if (source.files().records().isPresent()) {
      return inside(spark, source, source.files().records().get());
    }
    var reader = spark.read().options(source.files().options());
    source.files().schema().ifPresent(reader::schema);
    return switch (source.files().format()) {
      case CSV -> reader.csv(source.path());
      case TEXT -> reader.text(source.path());
      case PARQUET -> reader.parquet(source.path());
      case JSON, JSONL -> reader.json(source.path());
      case TSV, XML, AVRO, W3C -> throw new IllegalArgumentException("Spark has no plain reader");
    };
  }

  private static Dataset<Row> inside(SparkSession spark, SourceRules source, String records) {
    String record = "STRUCT<" + source.files().schema().orElseThrow() + ">";
    if (source.path().endsWith(".jsonl")) {
      return spark.read().schema(records + " " + record).json(source.path()).select(records + ".*");
    }
    return spark
        .read()
        .option("multiLine", source.files().format() == Format.JSON)
        .schema("%s ARRAY<%s>".formatted(records, record))
        .json(source.path())
        .selectExpr("inline(" + records + ")");
  }
}
