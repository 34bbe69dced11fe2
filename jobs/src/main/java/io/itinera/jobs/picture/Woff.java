package io.itinera.jobs.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A font as browsers fetch it, <a href="https://www.w3.org/TR/WOFF/">WOFF 1.0</a>: the tables of a
 * TrueType font, each compressed by itself.
 */
final class Woff {

  private static final int TABLES_COUNT_AT = 12;
  private static final int DIRECTORY_AT = 44;
  private static final int ENTRY_BYTES = 20;
  private static final int SFNT_HEADER_BYTES = 12;
  private static final int SFNT_ENTRY_BYTES = 16;

  private Woff() {}

  /** The same font as a TrueType file. */
  static byte[] unpacked(byte[] woff) throws DataFormatException {
    ByteBuffer in = ByteBuffer.wrap(woff);
    int tables = in.getShort(TABLES_COUNT_AT);
    int power = Integer.highestOneBit(tables);
    ByteBuffer head = ByteBuffer.allocate(SFNT_HEADER_BYTES + SFNT_ENTRY_BYTES * tables);
    head.putInt(in.getInt(Integer.BYTES))
        .putShort((short) tables)
        .putShort((short) (power * SFNT_ENTRY_BYTES))
        .putShort((short) Integer.numberOfTrailingZeros(power))
        .putShort((short) ((tables - power) * SFNT_ENTRY_BYTES));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int table = 0; table < tables; table++) {
      ByteBuffer entry = in.slice(DIRECTORY_AT + table * ENTRY_BYTES, ENTRY_BYTES);
      int tag = entry.getInt();
      int offset = entry.getInt();
      byte[] packed = Arrays.copyOfRange(woff, offset, offset + entry.getInt());
      int size = entry.getInt();
      head.putInt(tag).putInt(entry.getInt()).putInt(head.capacity() + body.size()).putInt(size);
      body.writeBytes(packed.length < size ? inflated(packed, size) : packed);
      // Each table begins at a multiple of four.
      body.writeBytes(new byte[-body.size() & 3]);
    }
    return ByteBuffer.allocate(head.capacity() + body.size())
        .put(head.array())
        .put(body.toByteArray())
        .array();
  }

  private static byte[] inflated(byte[] packed, int size) throws DataFormatException {
    byte[] table = new byte[size];
    Inflater inflater = new Inflater();
    inflater.setInput(packed);
    int made = inflater.inflate(table);
    inflater.end();
    if (made != size) {
      throw new DataFormatException("a table has %d bytes instead of %d".formatted(made, size));
    }
    return table;
  }
}
