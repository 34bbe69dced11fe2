package io.itinera.core.path;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Percentiles of whole numbers, which lie eight bytes each in any number of texts of bytes: those
 * of {@code percentile}, between two numbers by straight interpolation.
 */
final class Percentiles implements UDF1<Seq<byte[]>, List<Double>> {

  private static final long serialVersionUID = 1L;

  private final double[] shares;

  /**
   * @param shares from 0 to 1
   */
  Percentiles(double... shares) {
    this.shares = shares.clone();
  }

  /** The percentiles in the order of the shares; null if there is no number. */
  @Override
  public List<Double> call(Seq<byte[]> parts) {
    long[] numbers = numbers(CollectionConverters.asJava(parts));
    if (numbers.length == 0) {
      return null;
    }
    Arrays.sort(numbers);
    return Arrays.stream(shares).mapToObj(share -> at(numbers, share)).toList();
  }

  private static long[] numbers(List<byte[]> parts) {
    int bytes = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    long[] numbers = new long[bytes / Long.BYTES];
    int filled = 0;
    for (byte[] part : parts) {
      int count = part.length / Long.BYTES;
      ByteBuffer.wrap(part).asLongBuffer().get(numbers, filled, count);
      filled += count;
    }
    return numbers;
  }

  private static double at(long[] sorted, double share) {
    double position = (sorted.length - 1) * share;
    double lower = Math.floor(position);
    double higher = Math.ceil(position);
    double below = sorted[(int) lower];
    double above = sorted[(int) higher];
    return below == above ? below : (higher - position) * below + (position - lower) * above;
  }
}
