package io.itinera.core.match;

import static org.apache.spark.sql.functions.xxhash64;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Profiles, packed as they are compared, with the keys of the blocks that they are in. */
public final class KeyRecords {

  /** Column: a hash of source and record id, by which a profile is known here. */
  public static final String NUMBER = "number";

  /**
   * Column: one key for each rule, 8 bytes each; 0 where the profile is in no block of the rule.
   */
  public static final String KEYS = "keys";

  /** Column: the profile as {@link RecordWriter} packs it. */
  public static final String RECORD = "record";

  private static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(KEYS, DataTypes.BinaryType, false)
          .add(RECORD, DataTypes.BinaryType, false);

  /** Signs of a value that count. */
  private static final int LONGEST = 200;

  private static final int HEAD = 6;

  private KeyRecords() {}

  /** The {@link #NUMBER} of the profile of that source and record id. */
  public static Column number(Column source, Column recordId) {
    return xxhash64(source, recordId);
  }

  /**
   * Packs profiles and finds their keys.
   *
   * @param profiles columns {@link #NUMBER}, source, record id, type and value of an identifier and
   *     days since 1970, then the text of each field of {@code rules}, in this order
   * @return columns {@link #NUMBER}, {@link #KEYS} and {@link #RECORD}; one row per profile
   */
  public static Dataset<Row> keyed(Dataset<Row> profiles, MatchRules rules) {
    return profiles.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> keyed(rows, rules), Encoders.row(SCHEMA));
  }

  private static Iterator<Row> keyed(Iterator<Row> rows, MatchRules rules) {
    Keyer keyer = new Keyer(rules);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return keyer.keyed(rows.next());
      }
    };
  }

  private static final class Keyer {
    private final List<BlockRule> blocks;
    private final ReadTerms terms;
    private final RecordWriter writer = new RecordWriter();

    private Keyer(MatchRules rules) {
      blocks = rules.blocks();
      terms = new ReadTerms(rules.fields());
    }

    private Row keyed(Row row) {
      String[] values = new String[row.size() - HEAD];
      for (int field = 0; field < values.length; field++) {
        String value = row.getString(HEAD + field);
        values[field] =
            value != null && value.length() > LONGEST ? value.substring(0, LONGEST) : value;
      }
      Term[] read = terms.read(values);
      ByteBuffer keys = ByteBuffer.allocate(Long.BYTES * blocks.size());
      blocks.forEach(rule -> keys.putLong(rule.key(read)));
      ProfileHead head =
          new ProfileHead(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.isNullAt(5) ? 0 : row.getInt(5));
      return RowFactory.create(row.getLong(0), keys.array(), writer.bytes(head, read));
    }
  }
}
