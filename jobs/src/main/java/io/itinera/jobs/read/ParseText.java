package io.itinera.jobs.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.from_xml;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.Expressions;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.format.FieldSpelling;
import io.itinera.jobs.format.Fields;
import io.itinera.jobs.format.FileOpener;
import io.itinera.jobs.format.SpellFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives records of JSON or XML text their columns. */
final class ParseText {

  private static final String PARSED = "_parsed";

  /** Field of a parsed record that is not null if it does not fit; a record's own is not seen. */
  private static final String CORRUPT = "_itinera_misfit";

  private static final Column TEXT = coalesce(col(FileOpener.RESPELT), col(RawRecords.RECORD));

  private ParseText() {}

  /**
   * Parses the text of each record by the source's schema, or if it has none, by the one that the
   * records show; single values are then taken as text, so that tonight's files do not decide
   * whether an id is a number. A record that does not fit is malformed.
   *
   * @param records rows of {@link RawRecords}
   */
  static Dataset<Row> parse(Dataset<Row> records, SourceRules source) {
    FileRules rules = source.files();
    Optional<StructType> declared = rules.schema().map(StructType::fromDDL);
    StructType shown = declared.orElseGet(() -> inferred(records, source));
    StructType single = SpellFields.firstOf(shown);
    StructType wanted = WantedColumns.added(single, Expressions.inputs(source), declared.isEmpty());
    StructType schema =
        declared.isPresent()
            ? wanted
            : InferredTypes.fitted(records.sparkSession(), wanted, source);
    StructType read = schema.add(CORRUPT, DataTypes.StringType);
    // The files themselves spell some field in several ways.
    Column text = single.equals(shown) ? TEXT : respelt(TEXT, single, rules);
    Map<String, String> options = new HashMap<>(rules.options());
    options.put("mode", "PERMISSIVE");
    options.put("columnNameOfCorruptRecord", CORRUPT);
    Column parsed = when(col(RawRecords.PROBLEM).isNull(), parsed(text, rules, read, options));
    Column isCorrupt = col(PARSED).getField(CORRUPT).isNotNull();
    List<Column> columns = new ArrayList<>();
    for (String name : RawRecords.COLUMNS) {
      columns.add(
          switch (name) {
            case RawRecords.PROBLEM ->
                when(isCorrupt, lit(RejectionReason.MALFORMED.text()))
                    .otherwise(col(name))
                    .as(name);
            case RawRecords.PROBLEM_DETAIL ->
                when(isCorrupt, lit("The record does not fit the source's schema."))
                    .otherwise(col(name))
                    .as(name);
            default -> col(name);
          });
    }
    if (List.of(records.columns()).contains(RawRecords.ORDINAL)) {
      columns.add(col(RawRecords.ORDINAL));
    }
    for (String name : schema.fieldNames()) {
      if (!RawRecords.COLUMNS.contains(Fields.folded(name))) {
        columns.add(col(PARSED).getField(name).as(name));
      }
    }
    return records.withColumn(PARSED, parsed).select(columns.toArray(Column[]::new));
  }

  private static Column respelt(Column text, StructType schema, FileRules rules) {
    return udf(new SpellFields(rules.options(), FieldSpelling.of(schema)), DataTypes.StringType)
        .apply(text);
  }

  private static Column parsed(
      Column text, FileRules rules, StructType schema, Map<String, String> options) {
    if (rules.format() == FileRules.Format.XML) {
      options.put("rowTag", rules.records().orElseThrow());
      return from_xml(text, schema, options);
    }
    return from_json(text, schema, options);
  }

  private static StructType inferred(Dataset<Row> records, SourceRules source) {
    StructType shown =
        records
            .sparkSession()
            .read()
            .options(source.files().options())
            .option("primitivesAsString", true)
            .option("mode", "DROPMALFORMED")
            .json(
                records
                    .where(col(RawRecords.PROBLEM).isNull())
                    .select(coalesce(TEXT, lit("")))
                    .as(Encoders.STRING()))
            .schema();
    return new StructType(
        Arrays.stream(shown.fields())
            .filter(field -> !field.name().equalsIgnoreCase(CORRUPT))
            .toArray(StructField[]::new));
  }
}
