package io.itinera.jobs.match;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Profiles as few bytes, so that they travel fast; a part is some thousands of them. */
final class PackedProfiles {

  private static final int PER_PART = 20_000;
  private static final int LONGEST = 200;

  private PackedProfiles() {}

  /**
   * One profile.
   *
   * @param source its source
   * @param recordId its id there
   * @param type type of its strongest identifier, null if it has none
   * @param value the value of that
   * @param day days since 1970 on which it was made
   * @param fields its values by which it is compared
   */
  @SuppressWarnings("ArrayRecordComponent") // There are millions; nobody compares them.
  record Profile(
      String source, String recordId, String type, String value, int day, String[] fields) {

    /** By source and id there. */
    static final Comparator<Profile> ORDER =
        Comparator.comparing(Profile::source).thenComparing(Profile::recordId);

    /** The same without its values: once they are read, they need not be held twice. */
    Profile alone() {
      return new Profile(source, recordId, type, value, day, new String[0]);
    }
  }

  /** Packs rows of source, record id, identifier type and value, day, and the fields. */
  static Iterator<byte[]> pack(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public byte[] next() {
        return part(rows);
      }
    };
  }

  private static byte[] part(Iterator<Row> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int count = 0; count < PER_PART && rows.hasNext(); count++) {
        Row row = rows.next();
        for (int column = 0; column < 4; column++) {
          write(out, row.getString(column), Integer.MAX_VALUE);
        }
        out.writeInt(row.isNullAt(4) ? 0 : row.getInt(4));
        out.writeByte(row.size() - 5);
        for (int column = 5; column < row.size(); column++) {
          write(out, row.getString(column), LONGEST);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text, int longest) throws IOException {
    if (text == null) {
      out.writeShort(-1);
      return;
    }
    byte[] bytes =
        (text.length() > longest ? text.substring(0, longest) : text)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, Short.MAX_VALUE);
    out.writeShort(length);
    out.write(bytes, 0, length);
  }

  /** The profiles of some parts, in {@link Profile#ORDER}. */
  static List<Profile> unpack(List<byte[]> parts) {
    List<Profile> profiles =
        new ArrayList<>(
            parts.parallelStream().map(PackedProfiles::read).flatMap(List::stream).toList());
    profiles.sort(Profile.ORDER);
    return profiles;
  }

  private static List<Profile> read(byte[] part) {
    List<Profile> profiles = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(part))) {
      while (in.available() > 0) {
        String source = read(in);
        String recordId = read(in);
        String type = read(in);
        String value = read(in);
        int day = in.readInt();
        String[] fields = new String[in.readByte()];
        for (int field = 0; field < fields.length; field++) {
          fields[field] = read(in);
        }
        profiles.add(new Profile(source, recordId, type, value, day, fields));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return profiles;
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readShort();
    return length < 0
        ? null
        : new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
  }
}
