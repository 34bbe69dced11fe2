package io.itinera.core.raw;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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

/** Evaluates the expressions of a source, each into a column of its own. */
final class EvaluateSource {

  static final String TOUCHPOINT = "t_";
  static final String PROFILE = "p_";
  static final String COST = "c_";

  /** Result of the source's own condition. */
  static final String WHERE = "s_where";

  /** Result of the source's expression {@code version-at}. */
  static final String VERSION_AT = "s_version_at";

  /** Expressions whose missing input is another fault than a wrong one. */
  private static final Set<String> FLAGGED =
      Set.of(
          TOUCHPOINT + Touchpoints.OCCURRED_AT,
          TOUCHPOINT + Touchpoints.VALUE,
          COST + CampaignCosts.DATE);

  /** Result of the source's expression {@code rank}. */
  static final String RANK = "s_rank";

  private static final Set<FileRules.Format> SEPARATED =
      EnumSet.of(FileRules.Format.CSV, FileRules.Format.TSV);

  private static final String RECORD_ID = "record_id_";
  private static final String IDENTIFIER = "id_";
  private static final String ALWAYS = "always_";

  /** What the names of record ids and identifiers start with, behind that of their block. */
  private static final List<String> IDS =
      Stream.of(TOUCHPOINT, PROFILE, COST)
          .flatMap(block -> Stream.of(block + RECORD_ID, block + IDENTIFIER, block + ALWAYS))
          .toList();

  private EvaluateSource() {}

  /**
   * Evaluates all expressions of {@code source} in its time zone.
   *
   * @param records rows of {@link RawRecords} with the columns that the expressions name
   * @param nobody values, in small letters, that as an identifier name nobody
   * @param kept columns of {@code records} to keep
   * @return {@code kept}, and a column for each expression, of whatever type it has
   * @throws IllegalArgumentException if an expression does not fit the records; names them all
   */
  static Dataset<Row> evaluate(
      Dataset<Row> records, SourceRules source, Set<String> nobody, List<String> kept) {
    Map<String, String> expressions = new LinkedHashMap<>();
    source.where().ifPresent(text -> expressions.put(WHERE, text));
    source.deliveries().versionAt().ifPresent(text -> expressions.put(VERSION_AT, text));
    source.deliveries().rank().ifPresent(text -> expressions.put(RANK, text));
    source.touchpoint().ifPresent(block -> collect(TOUCHPOINT, block, expressions));
    source.profile().ifPresent(block -> collect(PROFILE, block, expressions));
    source.cost().ifPresent(block -> collect(COST, block, expressions));

    List<Column> columns = new ArrayList<>(kept.stream().map(name -> col(name)).toList());
    // Where values are separated, blank is null already.
    boolean hasBlanks = !SEPARATED.contains(source.files().format());
    FirstFilled filled = new FirstFilled(records.schema(), Set.of());
    FirstFilled naming = new FirstFilled(records.schema(), nobody);
    expressions.forEach(
        (name, text) -> {
          Column column =
              isOfIds(name)
                  ? Expressions.guarded(text, naming)
                  : hasBlanks ? Expressions.guarded(text, filled) : Expressions.guarded(text);
          columns.add(column.as(name));
        });
    expressions.forEach(
        (name, text) -> {
          if (FLAGGED.contains(name)) {
            columns.addAll(givenFlags(name, text));
          }
        });
    return Expressions.inZone(
        source.values().timeZone(),
        () -> {
          try {
            return records.select(columns.toArray(Column[]::new));
          } catch (Exception e) {
            if (!(e instanceof AnalysisException)) {
              throw e;
            }
            requireEvaluable(records, source, expressions);
            throw e;
          }
        });
  }

  private static boolean isOfIds(String name) {
    return IDS.stream().anyMatch(name::startsWith);
  }

  private static void collect(String prefix, MappingRules block, Map<String, String> expressions) {
    block.where().ifPresent(text -> expressions.put(prefix + "where", text));
    block.recordId().ifPresent(text -> expressions.put(prefix + RECORD_ID, text));
    block.columns().forEach((name, text) -> expressions.put(prefix + name, text));
    block.identifiers().forEach((type, text) -> expressions.put(prefix + IDENTIFIER + type, text));
    block.always().forEach((type, text) -> expressions.put(prefix + ALWAYS + type, text));
  }

  /** Whether the columns that an expression names hold something: tells missing from wrong. */
  private static List<Column> givenFlags(String name, String text) {
    Set<List<String>> inputs = Expressions.inputs(text);
    return List.of(
        given(inputs, Column::and, true).as(name + "_all_given"),
        given(inputs, Column::or, false).as(name + "_any_given"));
  }

  private static Column given(
      Set<List<String>> inputs, BinaryOperator<Column> combine, boolean none) {
    return inputs.stream()
        .map(path -> MappedColumns.isGiven(Expressions.at(path)))
        .reduce(combine)
        .orElse(lit(none));
  }

  private static void requireEvaluable(
      Dataset<Row> records, SourceRules source, Map<String, String> expressions) {
    List<String> faults = new ArrayList<>();
    expressions.forEach(
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
