package io.itinera.core.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructType;

/**
 * Evaluates the expressions of a source over its records, in one narrow projection. Where a record
 * is left out, or cannot be read, only that is found out.
 */
public final class EvaluateSource {

  public static final String TOUCHPOINT_BLOCK = "t_";
  public static final String PROFILE_BLOCK = "p_";
  public static final String COST_BLOCK = "c_";

  /** Whether the record can be read, and its source wants it. */
  public static final String IS_KEPT = "s_is_kept";

  /** Result of the source's expression {@code version-at}, an instant. */
  public static final String VERSION_AT = "s_version_at";

  /** Result of the source's expression {@code rank}. */
  public static final String RANK = "s_rank";

  public static final String RECORD_ID = "record_id_";
  public static final String IDENTIFIER = "id_";
  public static final String ALWAYS = "always_";
  public static final String WHERE = "where";

  /** Expressions whose missing input is another fault than a wrong one. */
  private static final Set<String> FLAGGED =
      Set.of(
          TOUCHPOINT_BLOCK + Touchpoints.OCCURRED_AT,
          TOUCHPOINT_BLOCK + Touchpoints.VALUE,
          COST_BLOCK + CampaignCosts.DATE);

  private static final Set<FileRules.Format> SEPARATED =
      EnumSet.of(FileRules.Format.CSV, FileRules.Format.TSV);

  /** What the names of record ids and identifiers start with, behind that of their block. */
  private static final List<String> IDS =
      Stream.of(TOUCHPOINT_BLOCK, PROFILE_BLOCK, COST_BLOCK)
          .flatMap(block -> Stream.of(block + RECORD_ID, block + IDENTIFIER, block + ALWAYS))
          .toList();

  private final SourceRules source;
  private final Set<String> nobody;
  private final Map<String, String> expressions = new LinkedHashMap<>();

  private EvaluateSource(SourceRules source, Set<String> nobody) {
    this.source = source;
    this.nobody = nobody;
    source.deliveries().versionAt().ifPresent(text -> expressions.put(VERSION_AT, text));
    source.deliveries().rank().ifPresent(text -> expressions.put(RANK, text));
    source.touchpoint().ifPresent(block -> collect(TOUCHPOINT_BLOCK, block));
    source.profile().ifPresent(block -> collect(PROFILE_BLOCK, block));
    source.cost().ifPresent(block -> collect(COST_BLOCK, block));
  }

  /**
   * The results of all expressions.
   *
   * @param rows the columns of {@link RawRecords}, {@link #IS_KEPT}, and those of the expressions
   * @param layout where these stand
   */
  public record Evaluated(Dataset<Row> rows, RecordLayout layout) {}

  /**
   * Evaluates all expressions of {@code source} in its time zone.
   *
   * @param records rows of {@link RawRecords} with the columns that the expressions name
   * @param nobody values, in small letters, that as an identifier name nobody
   * @param kept columns of {@code records} to keep
   * @throws IllegalArgumentException if an expression does not fit the records; names them all
   */
  public static Evaluated evaluate(
      Dataset<Row> records, SourceRules source, Set<String> nobody, List<String> kept) {
    EvaluateSource evaluation = new EvaluateSource(source, nobody);
    return Expressions.inZone(
        source.values().timeZone(), () -> evaluation.evaluated(records, kept));
  }

  /** Column of the condition of the block {@code prefix}. */
  static String where(String prefix) {
    return prefix + WHERE;
  }

  static String given(String column) {
    return column + "_given";
  }

  static String allGiven(String column) {
    return column + "_all_given";
  }

  static String anyGiven(String column) {
    return column + "_any_given";
  }

  /** Column of the clock at {@code place} among those of {@code column}. */
  static String time(String column, int place) {
    return column + "_" + place;
  }

  private void collect(String prefix, MappingRules block) {
    block.where().ifPresent(text -> expressions.put(where(prefix), text));
    block.recordId().ifPresent(text -> expressions.put(prefix + RECORD_ID, text));
    block.columns().forEach((name, text) -> expressions.put(prefix + name, text));
    block.identifiers().forEach((type, text) -> expressions.put(prefix + IDENTIFIER + type, text));
    block.always().forEach((type, text) -> expressions.put(prefix + ALWAYS + type, text));
  }

  private Evaluated evaluated(Dataset<Row> records, List<String> kept) {
    try {
      Dataset<Row> judged = records.withColumn(IS_KEPT, isKept());
      return typed(results(judged, kept), kept);
    } catch (Exception e) {
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      requireEvaluable(records);
      throw e;
    }
  }

  private Column isKept() {
    Column isReadable = col(RawRecords.PROBLEM).isNull();
    return source
        .where()
        .map(
            text ->
                isReadable.and(coalesce(Expressions.guarded(text).try_cast("boolean"), lit(false))))
        .orElse(isReadable);
  }

  /** Results of whatever types the expressions have. */
  private Dataset<Row> results(Dataset<Row> judged, List<String> kept) {
    StructType schema = judged.schema();
    SharedParts parts = SharedParts.of(parsed(schema), schema);
    Dataset<Row> rows = judged;
    for (Map<String, Expression> level : parts.levels()) {
      List<Column> columns = new ArrayList<>(List.of(col("*")));
      level.forEach((name, part) -> columns.add(ifKept(part).as(name)));
      rows = rows.select(columns.toArray(Column[]::new));
    }
    List<Column> columns = new ArrayList<>(kept.stream().map(name -> col(name)).toList());
    columns.add(col(IS_KEPT));
    parts.expressions().forEach((name, whole) -> columns.add(ifKept(whole).as(name)));
    expressions.forEach(
        (name, text) -> {
          if (FLAGGED.contains(name)) {
            columns.addAll(givenFlags(schema, name, text));
          }
        });
    return rows.select(columns.toArray(Column[]::new));
  }

  private Map<String, Expression> parsed(StructType schema) {
    // Where values are separated, blank is null already.
    boolean hasBlanks = !SEPARATED.contains(source.files().format());
    FirstFilled filled = new FirstFilled(schema, Set.of());
    FirstFilled naming = new FirstFilled(schema, nobody);
    Map<String, Expression> parsed = new LinkedHashMap<>();
    expressions.forEach(
        (name, text) -> {
          Expression plain = Expressions.parse(text);
          Expression meant =
              isOfIds(name) ? naming.in(plain) : hasBlanks ? filled.in(plain) : plain;
          parsed.put(name, PatternFunctions.madeSafe(meant));
        });
    return parsed;
  }

  private static Column ifKept(Expression safe) {
    return when(col(IS_KEPT), Expressions.tried(safe));
  }

  private Evaluated typed(Dataset<Row> results, List<String> kept) {
    TypedColumns types = new TypedColumns(results.schema(), source.values().timeFormats());
    RecordLayout forms = new RecordLayout(List.of());
    List<Column> columns = new ArrayList<>(kept.stream().map(name -> col(name)).toList());
    columns.add(col(IS_KEPT));
    source
        .deliveries()
        .versionAt()
        .ifPresent(text -> columns.add(types.instant("version-at", VERSION_AT).as(VERSION_AT)));
    source
        .deliveries()
        .rank()
        .ifPresent(text -> columns.add(col(RANK).try_cast("bigint").as(RANK)));
    source
        .touchpoint()
        .ifPresent(block -> columns.addAll(typed(TOUCHPOINT_BLOCK, block, types, forms)));
    source.profile().ifPresent(block -> columns.addAll(typed(PROFILE_BLOCK, block, types, forms)));
    source.cost().ifPresent(block -> columns.addAll(typed(COST_BLOCK, block, types, forms)));
    Stream.of(results.columns())
        .filter(name -> FLAGGED.stream().anyMatch(flagged -> isFlagOf(flagged, name)))
        .forEach(name -> columns.add(col(name)));
    Dataset<Row> rows = results.select(columns.toArray(Column[]::new));
    return new Evaluated(rows, forms.of(List.of(rows.columns())));
  }

  private static List<Column> typed(
      String prefix, MappingRules block, TypedColumns types, RecordLayout forms) {
    List<Column> columns = new ArrayList<>();
    block
        .where()
        .ifPresent(text -> columns.add(col(where(prefix)).try_cast("boolean").as(where(prefix))));
    block
        .recordId()
        .ifPresent(
            text -> columns.add(col(prefix + RECORD_ID).cast("string").as(prefix + RECORD_ID)));
    block
        .columns()
        .forEach((name, text) -> columns.addAll(types.of(prefix + name, name, text, forms)));
    block
        .identifiers()
        .keySet()
        .forEach(type -> columns.add(types.identifier(prefix + IDENTIFIER + type)));
    block.always().keySet().forEach(type -> columns.add(types.identifier(prefix + ALWAYS + type)));
    return columns;
  }

  private static boolean isFlagOf(String flagged, String name) {
    return name.equals(allGiven(flagged)) || name.equals(anyGiven(flagged));
  }

  private static boolean isOfIds(String name) {
    return IDS.stream().anyMatch(name::startsWith);
  }

  /** Whether the columns that an expression names hold something: tells missing from wrong. */
  private static List<Column> givenFlags(StructType schema, String name, String text) {
    Set<List<String>> inputs = Expressions.inputs(text);
    return List.of(
        given(schema, inputs, Column::and, true).as(allGiven(name)),
        given(schema, inputs, Column::or, false).as(anyGiven(name)));
  }

  private static Column given(
      StructType schema, Set<List<String>> inputs, BinaryOperator<Column> combine, boolean none) {
    Column given =
        inputs.stream()
            .map(
                path ->
                    TypedColumns.isGiven(Expressions.at(path), Expressions.typeAt(schema, path)))
            .reduce(combine)
            .orElse(lit(none));
    return when(col(IS_KEPT), given);
  }

  private void requireEvaluable(Dataset<Row> records) {
    Map<String, String> all = new LinkedHashMap<>();
    source.where().ifPresent(text -> all.put("s_where", text));
    all.putAll(expressions);
    List<String> faults = new ArrayList<>();
    all.forEach(
        (name, text) -> {
          try {
            var unused = records.select(Expressions.guarded(text));
          } catch (Exception e) {
            if (!(e instanceof AnalysisException)) {
              throw e;
            }
            faults.add("%s = \"%s\": %s".formatted(name, text, e.getMessage()));
          }
        });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Source %s has expressions that do not fit its records: %s"
              .formatted(source.name(), String.join("; ", faults)));
    }
  }
}
