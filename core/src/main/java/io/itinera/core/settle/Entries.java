package io.itinera.core.settle;

import static org.apache.spark.sql.functions.bitwise_not;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.MapRecords;
import io.itinera.core.source.DeliveryRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What competes for an id: everything that is delivered, and what is stored, in one form. */
enum Entries {
  TOUCHPOINT(Contests.OF_TOUCHPOINT, Candidates.TOUCHPOINT, Touchpoints.TOUCHPOINT_ID),
  TOMBSTONE(Contests.OF_TOUCHPOINT, Candidates.TOMBSTONE, Tombstones.TOUCHPOINT_ID),
  PROFILE(Contests.OF_PROFILE, Candidates.PROFILE, Profiles.RECORD_ID),
  COST(Contests.OF_COST, Candidates.COST, CampaignCosts.RECORD_ID);

  /** The smaller, the better: {@link #rank}. */
  static final String RANK = "contest_rank";

  /** Field of {@link #RANK}: 0 for what withdraws its touchpoint. */
  static final String WITHDRAWS = "withdraws";

  /** Field of {@link #RANK}: the file. */
  static final String FILE = "file";

  /** {@link #STORED}, {@link #DELIVERED} or {@link #HELD}. */
  static final String FROM = "from";

  static final String HASH = "hash";
  static final String SEQUENCE = "sequence";
  static final String DATE = "date";

  static final int STORED = 0;
  static final int DELIVERED = 1;

  /** By a file that is not among the night's. */
  static final int HELD = 2;

  /** Later than all paths. */
  private static final String NO_PATH = "\uFFFF";

  private final String kind;
  private final String candidate;
  private final String id;

  Entries(String kind, String candidate, String id) {
    this.kind = kind;
    this.candidate = candidate;
    this.id = id;
  }

  /** The entry whose column of {@link Candidates} is {@code candidate}. */
  static Entries of(String candidate) {
    return Stream.of(values())
        .filter(entry -> entry.candidate.equals(candidate))
        .findFirst()
        .orElseThrow();
  }

  /** Kind of contest for the kind of a row of {@link RecordFiles}. */
  static Column kindOf(Column candidate) {
    return when(candidate.equalTo(Candidates.TOMBSTONE), Contests.OF_TOUCHPOINT)
        .otherwise(candidate);
  }

  /** Kind of the contests in which it competes. */
  String kind() {
    return kind;
  }

  /** Name of the column that holds its id. */
  String id() {
    return id;
  }

  /** Name of the column of {@link Candidates} that holds it. */
  String candidate() {
    return candidate;
  }

  Dataset<Row> delivered(Dataset<Row> candidates, List<SourceRules> sources) {
    return entries(
        candidates
            .where(col(candidate).isNotNull())
            .withColumnRenamed(Candidates.RANK, Origin.RECORD_RANK)
            .withColumn(Origin.FILE_WRITTEN_AT, col(Candidates.WRITTEN_AT))
            .withColumn(Origin.FILE_PATH, col(Candidates.PATH)),
        name -> col(candidate).getField(name),
        DELIVERED,
        sources);
  }

  /**
   * @param rows of the table in which it is stored
   */
  Dataset<Row> stored(Dataset<Row> rows, List<SourceRules> sources) {
    return entries(
        rows.withColumn(Candidates.POSITION, lit(null).cast("long")),
        name -> col(name),
        STORED,
        sources);
  }

  /**
   * @param index rows of {@link RecordFiles}
   */
  Dataset<Row> held(Dataset<Row> index, List<SourceRules> sources) {
    Column place =
        this == TOUCHPOINT
            ? when(
                col(RecordFiles.OWNER).isin(names(sources, MapRecords::sequenceIsPosition)),
                col(RecordFiles.POSITION))
            : lit(null).cast("long");
    return entries(
        index
            .where(col(RecordFiles.KIND).equalTo(candidate))
            .withColumn(SEQUENCE, place)
            .drop(RecordFiles.SOURCE, RecordFiles.KIND)
            .withColumnRenamed(RecordFiles.OWNER, Touchpoints.SOURCE)
            .withColumnRenamed(RecordFiles.PATH, Origin.FILE_PATH)
            .withColumnRenamed(RecordFiles.RECORD, id),
        name -> col(name),
        HELD,
        sources);
  }

  private Dataset<Row> entries(
      Dataset<Row> rows, Function<String, Column> field, int from, List<SourceRules> sources) {
    boolean hasPlace = this == TOUCHPOINT || this == TOMBSTONE;
    boolean hasRun = this == TOUCHPOINT && from == STORED;
    return rows.select(
            lit(kind).as(Contests.KIND),
            field.apply(Touchpoints.SOURCE).as(Contests.SOURCE),
            field.apply(id).as(Contests.ID),
            col(Origin.FILE_PATH).as(Candidates.PATH),
            col(Candidates.POSITION),
            col(Origin.RECORD_RANK),
            col(Origin.FILE_DATE),
            col(Origin.FILE_WRITTEN_AT),
            field.apply(Touchpoints.RECORD_VERSION).as(Touchpoints.RECORD_VERSION),
            field.apply(Touchpoints.RECORD_HASH).as(HASH),
            (hasPlace ? field.apply(Touchpoints.SEQUENCE) : lit(null).cast("long")).as(SEQUENCE),
            (this == TOUCHPOINT ? field.apply(Touchpoints.EVENT_DATE) : lit(null).cast("date"))
                .as(DATE),
            (hasRun ? col(Touchpoints.LOADED_RUN_ID) : lit(null).cast("string"))
                .as(Touchpoints.LOADED_RUN_ID),
            lit(from).as(FROM))
        .withColumn(RANK, rank(sources, this == TOMBSTONE))
        .drop(Touchpoints.RECORD_VERSION)
        .drop(Origin.RECORD_RANK, Origin.FILE_DATE, Origin.FILE_WRITTEN_AT);
  }

  /**
   * The smaller, the better: by the vendor's rank, the version, the file's logical date, when it
   * was written, its path and the content. A delivery without version loses against any that has
   * one, but what is withdrawn without one is so for good.
   */
  private static Column rank(List<SourceRules> sources, boolean withdraws) {
    Column version = unix_micros(col(Touchpoints.RECORD_VERSION));
    long unversioned = withdraws ? Long.MIN_VALUE : Long.MAX_VALUE;
    Column earliest = coalesce(version, lit(unversioned));
    Column latest = coalesce(bitwise_not(version), lit(unversioned));
    Column earliestWins =
        isOf(
            sources,
            source -> source.deliveries().winner() == DeliveryRules.Winner.EARLIEST_RECEIVED);
    return struct(
        bitwise_not(coalesce(col(Origin.RECORD_RANK), lit(0L))).as("rank"),
        when(earliestWins, earliest).otherwise(latest).as("version"),
        lit(withdraws ? 0 : 1).as(WITHDRAWS),
        coalesce(bitwise_not(unix_date(col(Origin.FILE_DATE))), lit(Integer.MAX_VALUE))
            .as("file_date"),
        coalesce(bitwise_not(unix_micros(col(Origin.FILE_WRITTEN_AT))), lit(Long.MAX_VALUE))
            .as("written_at"),
        coalesce(col(Candidates.PATH), lit(NO_PATH)).as(FILE),
        bitwise_not(col(HASH)).as("content"));
  }

  /** Whether the contested id is of one of the sources that fulfil {@code condition}. */
  static Column isOf(List<SourceRules> sources, Predicate<SourceRules> condition) {
    return col(Contests.SOURCE).isin(names(sources, condition));
  }

  private static Object[] names(List<SourceRules> sources, Predicate<SourceRules> condition) {
    return sources.stream().filter(condition).map(SourceRules::name).toArray();
  }
}
