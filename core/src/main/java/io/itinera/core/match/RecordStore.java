package io.itinera.core.match;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Records as comparisons read them, numbered from 0. */
public final class RecordStore {

  private final int size;
  private final IntFunction<Term[]> records;

  private RecordStore(int size, IntFunction<Term[]> records) {
    this.size = size;
    this.records = records;
  }

  /**
   * Reads records.
   *
   * @param values each record's values in the order of {@code rules.fields()}, null where there is
   *     none
   */
  public static RecordStore of(MatchRules rules, List<String[]> values) {
    ReadTerms terms = new ReadTerms(rules.fields());
    return of(values.stream().map(terms::read).toArray(Term[][]::new));
  }

  static RecordStore of(Term[][] records) {
    return new RecordStore(records.length, record -> records[record]);
  }

  /** Records that stay packed, and are read whenever they are asked for. */
  static RecordStore packed(byte[][] records, RecordReader reader) {
    return new RecordStore(records.length, record -> reader.terms(records[record]));
  }

  public int size() {
    return size;
  }

  Term[] get(int record) {
    return records.apply(record);
  }

  /** The keys of all records by a rule. */
  long[] keys(BlockRule rule) {
    return IntStream.range(0, size).mapToLong(record -> rule.key(get(record))).toArray();
  }
}
