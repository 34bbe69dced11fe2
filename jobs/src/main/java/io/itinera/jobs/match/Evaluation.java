package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.match.GroupMatches;
import io.itinera.core.match.KeyRecords;
import io.itinera.core.match.MeasureGroups;
import io.itinera.core.match.MeasureReach;
import io.itinera.core.rule.Forest;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Identities;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.read.ReadTruth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * How well persons were found, by somebody who knows.
 *
 * @param measured at the threshold that is used
 * @param reach share of one person's pairs that are in a common block; empty where no blocks were
 *     made
 * @param training how the model was learned, if one was
 * @param best the best threshold that was tried, and what it gives
 */
public record Evaluation(
    MeasureGroups measured, OptionalDouble reach, Optional<Learned> training, Optional<Best> best) {

  private static final String ROW = "row_of_truth";
  private static final String PERSON = "person_of_truth";
  private static final int DIGITS = 12;

  /** Number of a person of whom nobody says who it is. */
  private static final int UNKNOWN = -1;

  private static final double[] TRIED = {.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99, .999};

  /**
   * What was suggested without labels.
   *
   * @param work what it took
   */
  public record Learned(
      double threshold, double precision, double recall, double reach, String work) {}

  /** The best threshold of those tried. */
  public record Best(double threshold, MeasureGroups measured) {}

  /** Rows of a file that say who is who. */
  public static Dataset<Row> read(SparkSession spark, String file) {
    return ReadTruth.read(spark, file);
  }

  /**
   * Evaluates the customers of a warehouse.
   *
   * @param truth columns source, record_id and {@code person}
   * @param person an expression over them
   */
  public static Evaluation ofCustomers(
      Lake lake, Dataset<Row> truth, String person, ItineraConfig config) {
    Dataset<Row> profiles =
        ReadProfiles.living(lake.read(Profiles.TABLE), config)
            .select(
                col(Profiles.SOURCE),
                col(Profiles.RECORD_ID),
                col(ReadProfiles.STRONGEST + "." + ColumnTypes.TYPE).as(Identities.TYPE),
                col(ReadProfiles.STRONGEST + "." + ColumnTypes.VALUE).as(Identities.VALUE));
    Dataset<Row> customers =
        lake.read(Identities.TABLE)
            .where(col(Identities.VALID_TO).isNull())
            .select(Identities.TYPE, Identities.VALUE, Identities.CUSTOMER_ID);
    Dataset<Row> persons =
        truth.select(
            col(Profiles.SOURCE).cast("string"),
            col(Profiles.RECORD_ID).cast("string"),
            text(person).as(PERSON));
    List<Row> both =
        profiles
            .join(persons, new String[] {Profiles.SOURCE, Profiles.RECORD_ID}, "inner")
            .join(customers, new String[] {Identities.TYPE, Identities.VALUE}, "inner")
            .where(col(PERSON).isNotNull())
            .select(xxhash64(col(Identities.CUSTOMER_ID)), xxhash64(col(PERSON)))
            .collectAsList();
    return new Evaluation(
        MeasureGroups.of(numbers(both, 0), numbers(both, 1)),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Learns a model from records, groups them, and compares with what is known of them. Records of
   * which it is not known whose they are take part, but are not measured.
   *
   * @param records any rows
   * @param person an expression over them that tells persons apart
   * @param columns expressions for fields of {@code matching}, and for columns of profiles where
   *     the rows call them otherwise than {@link KnownNames} knows
   */
  public static Evaluation ofRecords(
      Dataset<Row> records, String person, Map<String, String> columns, Matching matching) {
    Map<String, String> told = new LinkedHashMap<>(KnownNames.in(records));
    told.putAll(columns);
    if (columns.containsKey(Profiles.BIRTH_DATE)) {
      told.keySet().removeIf(name -> name.startsWith("birth_") && !columns.containsKey(name));
    }
    Map<String, String> values = new LinkedHashMap<>();
    matching.values().forEach((field, value) -> values.put(field, told.getOrDefault(field, value)));
    Matching here =
        new Matching(
            matching.name(), values, matching.rules(), matching.threshold(), matching.numbers());
    Dataset<Row> numbered = HoldRows.of(numbered(records));
    Column recordId = lpad(col(ROW).cast("string"), DIGITS, "0");
    Dataset<Row> profiles =
        ReadProfiles.keyed(
            asProfiles(numbered, told),
            here,
            List.of(lit("truth"), recordId, lit("row"), recordId, lit(0)));
    Training training = Training.of(profiles, here);
    Dataset<Row> known =
        numbered.select(
            KeyRecords.number(lit("truth"), recordId).as(KeyRecords.NUMBER),
            col(ROW),
            when(text(person).isNotNull(), xxhash64(text(person))).as(MeasureReach.PERSON));
    List<Row> truth = known.select(ROW, MeasureReach.PERSON).sort(ROW).collectAsList();
    Joined joined = Joined.of(training.grouped(), numbers(truth, 1));
    double threshold = here.threshold().orElse(training.suggested().threshold());
    double reach =
        MeasureReach.measure(
            training.keyed().rows(),
            known.where(col(MeasureReach.PERSON).isNotNull()).drop(ROW),
            training.blocks());
    return new Evaluation(
        joined.at(threshold),
        OptionalDouble.of(reach),
        Optional.of(
            new Learned(
                threshold,
                training.suggested().precision(),
                training.suggested().recall(),
                training.trained().reach(),
                training.work())),
        Optional.of(joined.best(threshold)));
  }

  /** {@code records} with their numbers, from 0, in the order in which they are read. */
  private static Dataset<Row> numbered(Dataset<Row> records) {
    return records
        .sparkSession()
        .createDataFrame(
            records
                .toJavaRDD()
                .zipWithIndex()
                .map(
                    each ->
                        RowFactory.create(
                            Stream.concat(
                                    IntStream.range(0, each._1().size()).mapToObj(each._1()::get),
                                    Stream.of(each._2()))
                                .toArray())),
            records.schema().add(ROW, DataTypes.LongType, false));
  }

  /**
   * The matches that made groups, the surest first. Those of a higher threshold are the first of
   * them: a match that is surer never waits for one that is less sure.
   */
  @SuppressWarnings("ArrayRecordComponent") // One number for each record.
  private record Joined(List<Row> matches, int[] persons) {

    private static Joined of(Dataset<Row> grouped, int[] persons) {
      return new Joined(
          grouped
              .where(col(GroupMatches.JOINS).gt(0))
              .select(
                  col(ProfileMatches.PROBABILITY),
                  col(ProfileMatches.LEFT_RECORD_ID).cast("int"),
                  col(ProfileMatches.RIGHT_RECORD_ID).cast("int"))
              .collectAsList(),
          persons);
    }

    private MeasureGroups at(double threshold) {
      Forest groups = Forest.of(persons.length);
      for (Row match : matches) {
        if (match.getDouble(0) >= threshold) {
          groups.union(match.getInt(1), match.getInt(2));
        }
      }
      int[] known =
          IntStream.range(0, persons.length).filter(each -> persons[each] != UNKNOWN).toArray();
      int[] roots = groups.roots();
      return MeasureGroups.of(
          Arrays.stream(known).map(each -> roots[each]).toArray(),
          Arrays.stream(known).map(each -> persons[each]).toArray());
    }

    private Best best(double used) {
      Best best = null;
      for (double tried :
          DoubleStream.concat(DoubleStream.of(TRIED), DoubleStream.of(used)).toArray()) {
        MeasureGroups at = at(tried);
        if (best == null || at.f1() > best.measured().f1()) {
          best = new Best(tried, at);
        }
      }
      return best;
    }
  }

  /** {@code records} with all columns of profiles; those that nothing tells are null. */
  private static Dataset<Row> asProfiles(Dataset<Row> records, Map<String, String> columns) {
    Set<String> there = new TreeSet<>(Arrays.asList(records.columns()));
    Dataset<Row> all = records;
    for (StructField field : Profiles.TABLE.schema().fields()) {
      String name = field.name();
      if (columns.containsKey(name)) {
        all = all.withColumn(name, expr(columns.get(name)).cast(field.dataType()));
      } else if (!there.contains(name)) {
        all = all.withColumn(name, lit(null).cast(field.dataType()));
      }
    }
    return all;
  }

  /** The column of {@code records} that tells persons apart, by its name. */
  public static String person(Dataset<Row> records) {
    return KnownNames.person(records);
  }

  private static Column text(String person) {
    return nullif(trim(expr(person).cast("string")), lit(""));
  }

  /** Numbers from 0 instead of those in a column. */
  private static int[] numbers(List<Row> rows, int column) {
    Map<Long, Integer> numbers = new HashMap<>();
    return rows.stream()
        .mapToInt(
            row ->
                row.isNullAt(column)
                    ? UNKNOWN
                    : numbers.computeIfAbsent(row.getLong(column), other -> numbers.size()))
        .toArray();
  }
}
