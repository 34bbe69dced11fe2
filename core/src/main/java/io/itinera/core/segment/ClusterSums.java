package io.itinera.core.segment;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the customers of a cluster come to, in whole numbers, so that it does not matter in which
 * order they are added up.
 */
final class ClusterSums {

  static final StructType SCHEMA =
      new StructType()
          .add("cluster", DataTypes.IntegerType)
          .add("numbers", DataTypes.createArrayType(DataTypes.LongType));

  private static final int COUNTS = 4;

  /** Parts of a standard deviation that are told apart. */
  private static final double PARTS = 1e4;

  /** Customers, counts, and of each scaled value the sum and the sum of squares. */
  private final long[] numbers;

  private ClusterSums(long... numbers) {
    this.numbers = numbers;
  }

  static ClusterSums none(int values) {
    return new ClusterSums(new long[1 + COUNTS + 2 * values]);
  }

  static ClusterSums of(Row row) {
    List<Long> numbers = row.getList(1);
    return new ClusterSums(numbers.stream().mapToLong(Long::longValue).toArray());
  }

  Row row(int cluster) {
    return RowFactory.create(
        cluster, CollectionConverters.asScala(Arrays.stream(numbers).boxed().toList()).toSeq());
  }

  /** One more customer. */
  void add(double[] scaled, List<Long> counts) {
    numbers[0]++;
    for (int i = 0; i < COUNTS; i++) {
      numbers[1 + i] += counts.get(i);
    }
    for (int i = 0; i < scaled.length; i++) {
      long parts = Math.round(scaled[i] * PARTS);
      numbers[1 + COUNTS + 2 * i] += parts;
      numbers[2 + COUNTS + 2 * i] += parts * parts;
    }
  }

  ClusterSums plus(ClusterSums other) {
    long[] both = numbers.clone();
    Arrays.setAll(both, i -> numbers[i] + other.numbers[i]);
    return new ClusterSums(both);
  }

  long customers() {
    return numbers[0];
  }

  /** At a place of {@link MeasurePaths#COUNTS}. */
  long count(int place) {
    return numbers[1 + place];
  }

  double share(int some, int all) {
    return (double) count(some) / count(all);
  }

  /** How far the mean of a value lies from that of {@code all}, in their standard deviations. */
  double apart(int value, ClusterSums all) {
    double variance =
        (double) all.numbers[2 + COUNTS + 2 * value] / all.customers()
            - all.mean(value) * all.mean(value);
    return variance <= 0 ? 0 : (mean(value) - all.mean(value)) / Math.sqrt(variance);
  }

  private double mean(int value) {
    return (double) numbers[1 + COUNTS + 2 * value] / customers();
  }
}
