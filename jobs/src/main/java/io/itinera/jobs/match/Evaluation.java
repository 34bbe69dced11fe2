package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.MeasureGroups;
import io.itinera.core.match.ScorePairs;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.match.PackedProfiles.Profile;
import io.itinera.jobs.read.ReadTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    Map<List<String>, String> persons = new HashMap<>();
    for (Row row : truth.select(col("source"), col("record_id"), text(person)).collectAsList()) {
      persons.put(List.of(row.getString(0), row.getString(1)), row.getString(2));
    }
    Map<List<String>, String> customers = new HashMap<>();
    for (Row row :
        lake.read(Identities.TABLE)
            .where(col(Identities.VALID_TO).isNull())
            .select(Identities.TYPE, Identities.VALUE, Identities.CUSTOMER_ID)
            .collectAsList()) {
      customers.put(List.of(row.getString(0), row.getString(1)), row.getString(2));
    }
    List<String> found = new ArrayList<>();
    List<String> planted = new ArrayList<>();
    for (Profile profile : ReadProfiles.heads(lake.read(Profiles.TABLE), config)) {
      String truly = persons.get(List.of(profile.source(), profile.recordId()));
      String customer = customers.get(List.of(profile.type(), profile.value()));
      if (truly != null && customer != null) {
        found.add(customer);
        planted.add(truly);
      }
    }
    return new Evaluation(
        MeasureGroups.of(numbers(found), numbers(planted)),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Learns a model from records, groups them, and compares with what is known of them.
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
    Matching here = new Matching(matching.name(), values, matching.rules(), matching.threshold());
    List<Column> head = List.of(lit("truth"), lit("row"), lit("person"), text(person), lit(0));
    List<byte[]> parts = ReadProfiles.packed(asProfiles(records, told), here, head);
    try (MatchInput input = new MatchInput(parts, here.rules(), 0)) {
      Training training = Training.of(records.sparkSession(), input, here);
      Unpacked unpacked = input.unpacked();
      int[] persons = numbers(unpacked.profiles().stream().map(Profile::value).toList());
      double threshold = here.threshold().orElse(training.suggested().threshold());
      Measured measured = new Measured(unpacked, training, here, persons);
      Best best = null;
      for (double tried : TRIED) {
        MeasureGroups at = measured.at(tried);
        if (best == null || at.f1() > best.measured().f1()) {
          best = new Best(tried, at);
        }
      }
      return new Evaluation(
          measured.at(threshold),
          OptionalDouble.of(reach(unpacked, persons)),
          Optional.of(
              new Learned(
                  threshold,
                  training.suggested().precision(),
                  training.suggested().recall(),
                  training.trained().reach(),
                  training.work())),
          Optional.of(best));
    }
  }

  /** Groups at one threshold after the other. */
  @SuppressWarnings("ArrayRecordComponent") // One number for each record.
  private record Measured(Unpacked unpacked, Training training, Matching matching, int[] persons) {

    private MeasureGroups at(double threshold) {
      ScorePairs score = new ScorePairs(unpacked.records(), training.trained().model());
      List<Edge> edges =
          training.edges().stream()
              .filter(edge -> ScorePairs.probability(edge.weight()) >= threshold)
              .toList();
      return MeasureGroups.of(
          Grouping.group(unpacked, score, matching.rules().groups(), edges).groups(), persons);
    }
  }

  private static double reach(Unpacked unpacked, int[] persons) {
    Map<Integer, List<Integer>> records = new HashMap<>();
    for (int record = 0; record < persons.length; record++) {
      records.computeIfAbsent(persons[record], person -> new ArrayList<>()).add(record);
    }
    long all = 0;
    long reached = 0;
    for (List<Integer> same : records.values()) {
      for (int i = 0; i < same.size(); i++) {
        for (int j = i + 1; j < same.size(); j++) {
          all++;
          reached += unpacked.blocks().isPair(same.get(i), same.get(j)) ? 1 : 0;
        }
      }
    }
    return all == 0 ? 1 : (double) reached / all;
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
    return expr(person).cast("string");
  }

  private static int[] numbers(List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    return names.stream()
        .mapToInt(name -> numbers.computeIfAbsent(name, other -> numbers.size()))
        .toArray();
  }
}
