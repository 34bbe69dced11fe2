package io.itinera.core.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Patterns that parts of all journeys have, and for each how many journeys of parts that do not
 * tell of it may have it all the same.
 *
 * <p>What is frequent in the whole is frequent in one of its parts at least (Savasere, Omiecinski
 * and Navathe, 1995): what no part tells of is not frequent. Arrays are by outcome, in the order of
 * {@link FindFrequentPaths#OUTCOMES}.
 */
final class PatternTally {

  /** A row per pattern, and one without steps for all journeys that were looked at. */
  static final StructType SCHEMA =
      new StructType()
          .add("steps", DataTypes.createArrayType(DataTypes.StringType))
          .add("counted", DataTypes.createArrayType(DataTypes.LongType))
          .add("missed", DataTypes.createArrayType(DataTypes.LongType))
          .add("most_steps", DataTypes.IntegerType);

  /** How many journeys have a pattern. */
  static final class Known {
    private final long[] counted;
    private final long[] missed;

    /**
     * By outcome.
     *
     * @param counted those that are known to have it
     * @param missed so many more at most
     */
    Known(long[] counted, long[] missed) {
      this.counted = counted.clone();
      this.missed = missed.clone();
    }

    long[] counted() {
      return counted.clone();
    }

    long[] missed() {
      return missed.clone();
    }

    /** Whether nothing is left to count. */
    boolean isExact() {
      return Arrays.stream(missed).allMatch(count -> count == 0);
    }

    private Known plus(Known other) {
      return new Known(sum(counted, other.counted), sum(missed, other.missed));
    }
  }

  private final Map<List<String>, Known> patterns;

  /** Journeys that were looked at, and how many may have a pattern that is not told of. */
  private final Known all;

  private final int mostSteps;

  /**
   * The tally of one part.
   *
   * @param patterns those that are frequent in it, with how many have them
   * @param all its journeys, and how many may have a pattern without its being frequent
   * @param mostSteps longer patterns were not looked for
   */
  PatternTally(Map<List<String>, Known> patterns, Known all, int mostSteps) {
    this.patterns = patterns;
    this.all = all;
    this.mostSteps = mostSteps;
  }

  /** Of no journey. */
  static PatternTally empty(int mostSteps) {
    long[] none = new long[FindFrequentPaths.OUTCOMES.size()];
    return new PatternTally(Map.of(), new Known(none, none), mostSteps);
  }

  Map<List<String>, Known> patterns() {
    return patterns;
  }

  long[] journeys() {
    return all.counted();
  }

  int mostSteps() {
    return mostSteps;
  }

  /** Of both parts together. */
  PatternTally plus(PatternTally other) {
    Map<List<String>, Known> together = new HashMap<>();
    Set<List<String>> either = new HashSet<>(patterns.keySet());
    either.addAll(other.patterns.keySet());
    for (List<String> pattern : either) {
      together.put(pattern, known(pattern).plus(other.known(pattern)));
    }
    return new PatternTally(together, all.plus(other.all), Math.min(mostSteps, other.mostSteps));
  }

  private Known known(List<String> pattern) {
    Known known = patterns.get(pattern);
    return known != null ? known : new Known(new long[all.counted().length], all.missed());
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    patterns.forEach(
        (steps, known) -> rows.add(row(CollectionConverters.asScala(steps).toSeq(), known)));
    rows.add(row(null, all));
    return rows;
  }

  private Row row(Object steps, Known known) {
    return RowFactory.create(steps, known.counted(), known.missed(), mostSteps);
  }

  /** Whether {@code row} ends the rows of a tally. */
  static boolean isLast(Row row) {
    return row.isNullAt(0);
  }

  /** What {@link #rows} of a part said. */
  static PatternTally of(List<Row> rows) {
    Map<List<String>, Known> patterns = new HashMap<>();
    Row last = rows.get(rows.size() - 1);
    for (Row row : rows.subList(0, rows.size() - 1)) {
      patterns.put(List.copyOf(row.<String>getList(0)), known(row));
    }
    return new PatternTally(patterns, known(last), last.getInt(3));
  }

  private static Known known(Row row) {
    return new Known(numbers(row.getList(1)), numbers(row.getList(2)));
  }

  private static long[] numbers(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static long[] sum(long[] one, long[] other) {
    return IntStream.range(0, one.length).mapToLong(i -> one[i] + other[i]).toArray();
  }
}
