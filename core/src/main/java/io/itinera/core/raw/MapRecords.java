package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;

/** Says what each record of a source would become. */
public final class MapRecords {

  /** Reason of records that the conditions of their source leave out. */
  public static final String FILTERED = "filtered";

  /** Ordinal of a record among the records of its file with the same text, from 1. */
  static final String ORDINAL = "_ordinal";

  /** Whether the record yields a touchpoint, or a profile. */
  static final String YIELDS_TOUCHPOINT = "yields_touchpoint";

  static final String YIELDS_PROFILE = "yields_profile";

  /** What is wrong with the touchpoint, or profile: null or a struct of reason and detail. */
  static final String TOUCHPOINT_FAULT = "touchpoint_fault";

  static final String PROFILE_FAULT = "profile_fault";

  /** The same of campaign costs. */
  static final String YIELDS_COST = "yields_cost";

  static final String COST_FAULT = "cost_fault";

  private static final String FAULT = "fault";

  private static final SafePattern DAY_IN_NAME = SafePattern.of(DayInName.REGEX);

  private MapRecords() {}

  /**
   * Maps every record of one source.
   *
   * @param records rows of {@link RawRecords}, with every column that the source's expressions name
   * @param asOfEnd first instant after the night's last day; what is later than this and later than
   *     its file, by more than the tolerance, lies in the future
   * @return one row of {@link Candidates} for each record
   */
  public static Dataset<Row> candidates(
      Dataset<Row> records, SourceRules source, RawRules rules, Instant asOfEnd) {
    Dataset<Row> typed = typed(evaluated(records, source, rules), source, rules);
    Dataset<Row> touchpoints = MapTouchpoints.complete(typed, source, rules, asOfEnd);
    Dataset<Row> profiles = MapProfiles.complete(touchpoints, source, rules, asOfEnd);
    Dataset<Row> judged =
        MapCosts.complete(profiles, source, rules, asOfEnd).withColumn(FAULT, fault());
    Column isAccepted = col(FAULT).isNull();
    return judged.select(
        lit(source.name()).as(Candidates.SOURCE),
        col(RawRecords.PATH).as(Candidates.PATH),
        col(RawRecords.POSITION).as(Candidates.POSITION),
        col(Candidates.RANK),
        col(Candidates.FILE_DATE),
        col(RawRecords.MODIFIED_AT).as(Candidates.WRITTEN_AT),
        when(not(isAccepted), col(RawRecords.RECORD)).as(Candidates.RECORD),
        (source.touchpoint().isEmpty()
                ? lit(null).cast("string")
                : when(col(YIELDS_TOUCHPOINT), col(Touchpoints.CHANNEL)))
            .as(Candidates.CHANNEL),
        (source.touchpoint().isEmpty()
                ? lit(null).cast("date")
                : when(col(YIELDS_TOUCHPOINT), col(Touchpoints.EVENT_DATE)))
            .as(Candidates.EVENT_DATE),
        col(FAULT).getField(Candidates.REASON).as(Candidates.REASON),
        col(FAULT).getField(Candidates.DETAIL).as(Candidates.DETAIL),
        when(
                isAccepted.and(col(YIELDS_TOUCHPOINT)).and(not(col(MapTouchpoints.IS_WITHDRAWN))),
                col(Candidates.TOUCHPOINT))
            .as(Candidates.TOUCHPOINT),
        when(isAccepted.and(col(YIELDS_PROFILE)), col(Candidates.PROFILE)).as(Candidates.PROFILE),
        when(isAccepted.and(col(YIELDS_COST)), col(Candidates.COST)).as(Candidates.COST),
        when(
                isAccepted.and(col(YIELDS_TOUCHPOINT)).and(col(MapTouchpoints.IS_WITHDRAWN)),
                col(Candidates.TOMBSTONE))
            .as(Candidates.TOMBSTONE));
  }

  static boolean sequenceIsPosition(SourceRules source) {
    return source.touchpoint().stream()
        .noneMatch(block -> block.columns().containsKey(Touchpoints.SEQUENCE));
  }

  /** A struct of reason and detail where {@code isWrong} holds, else null. */
  static Column fault(Column isWrong, String reason, Column detail) {
    return when(isWrong, struct(lit(reason).as(Candidates.REASON), detail.as(Candidates.DETAIL)));
  }

  private static Dataset<Row> evaluated(Dataset<Row> records, SourceRules source, RawRules rules) {
    boolean needsOrdinal = source.blocks().anyMatch(block -> block.recordId().isEmpty());
    WindowSpec sameText =
        Window.partitionBy(RawRecords.PATH, RawRecords.RECORD).orderBy(RawRecords.POSITION);
    Column ordinal = needsOrdinal ? row_number().over(sameText) : lit(1);
    List<String> kept = Stream.concat(RawRecords.COLUMNS.stream(), Stream.of(ORDINAL)).toList();
    return EvaluateSource.evaluate(
        records.withColumn(ORDINAL, ordinal), source, rules.placeholders(), kept);
  }

  private static Dataset<Row> typed(Dataset<Row> evaluated, SourceRules source, RawRules rules) {
    StructType schema = evaluated.schema();
    List<Column> columns = new ArrayList<>();
    RawRecords.COLUMNS.forEach(name -> columns.add(col(name)));
    return Expressions.inZone(
        source.values().timeZone(),
        () -> {
          columns.add(version(source, schema).as(Touchpoints.RECORD_VERSION));
          columns.add(rank(source).as(Candidates.RANK));
          columns.add(fileDate().as(Candidates.FILE_DATE));
          columns.addAll(
              mapped(EvaluateSource.TOUCHPOINT, source.touchpoint(), source, schema)
                  .map(block -> MapTouchpoints.typed(block, source, rules, keeps(source)))
                  .orElse(List.of(lit(false).as(YIELDS_TOUCHPOINT))));
          columns.addAll(
              mapped(EvaluateSource.PROFILE, source.profile(), source, schema)
                  .map(block -> MapProfiles.typed(block, source, rules, keeps(source)))
                  .orElse(List.of(lit(false).as(YIELDS_PROFILE))));
          columns.addAll(
              mapped(EvaluateSource.COST, source.cost(), source, schema)
                  .map(block -> MapCosts.typed(block, source, rules, keeps(source)))
                  .orElse(List.of(lit(false).as(YIELDS_COST))));
          return evaluated.select(columns.toArray(Column[]::new));
        });
  }

  private static Optional<MappedColumns> mapped(
      String prefix, Optional<MappingRules> block, SourceRules source, StructType schema) {
    return block.map(rules -> new MappedColumns(prefix, rules, source.values(), schema));
  }

  private static Column keeps(SourceRules source) {
    return source.where().isEmpty()
        ? lit(true)
        : coalesce(col(EvaluateSource.WHERE).try_cast("boolean"), lit(false));
  }

  private static Column version(SourceRules source, StructType schema) {
    Column logicalDate = fileDate().cast("timestamp");
    if (source.deliveries().versionAt().isEmpty()) {
      return logicalDate;
    }
    Column versionAt = col(EvaluateSource.VERSION_AT);
    return coalesce(
        MappedColumns.instant(
            "version-at",
            versionAt,
            schema.apply(EvaluateSource.VERSION_AT).dataType(),
            source.values().timeFormats()),
        logicalDate);
  }

  /** The greater wins; a record that has none is neither over others nor under them. */
  private static Column rank(SourceRules source) {
    return source.deliveries().rank().isEmpty()
        ? lit(0L)
        : coalesce(col(EvaluateSource.RANK).try_cast("bigint"), lit(0L));
  }

  private static Column fileDate() {
    Column fileName = element_at(split(col(RawRecords.PATH), "/"), -1);
    Column day = replace(DAY_IN_NAME.extractFrom(fileName, 1), lit("-"), lit(""));
    return to_date(day, "yyyyMMdd");
  }

  private static Column fault() {
    Column yieldsNothing = not(col(YIELDS_TOUCHPOINT).or(col(YIELDS_PROFILE)).or(col(YIELDS_COST)));
    return coalesce(
        when(
            col(RawRecords.PROBLEM).isNotNull(),
            struct(
                col(RawRecords.PROBLEM).as(Candidates.REASON),
                col(RawRecords.PROBLEM_DETAIL).as(Candidates.DETAIL))),
        fault(yieldsNothing, FILTERED, lit("Left out by the source's conditions.")),
        when(col(YIELDS_TOUCHPOINT), col(TOUCHPOINT_FAULT)),
        when(col(YIELDS_PROFILE), col(PROFILE_FAULT)),
        when(col(YIELDS_COST), col(COST_FAULT)));
  }
}
