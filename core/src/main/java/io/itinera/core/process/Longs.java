package io.itinera.core.process;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Many numbers, eight bytes each. */
final class Longs {

  private long[] numbers = new long[8];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  /** All of them, in ascending order. */
  long[] sorted() {
    long[] all = Arrays.copyOf(numbers, size);
    Arrays.sort(all);
    return all;
  }

  byte[] bytes() {
    return bytes(numbers, size);
  }

  static byte[] bytes(long[] numbers, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Long.BYTES));
    bytes.asLongBuffer().put(numbers, 0, size);
    return bytes.array();
  }

  static long[] of(byte... bytes) {
    long[] numbers = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
    return numbers;
  }
}
