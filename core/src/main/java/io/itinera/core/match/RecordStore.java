package io.itinera.core.match;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Records as comparisons read them, numbered from 0.
 *
 * <p>Values that many records share are held once. A million persons take half a gigabyte.
 */
public final class RecordStore {

  private final Term[][] records;

  private RecordStore(Term[][] records) {
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
    Term[][] records = new Term[values.size()][];
    IntStream.range(0, records.length)
        .parallel()
        .forEach(record -> records[record] = terms.read(values.get(record)));
    return new RecordStore(records);
  }

  public int size() {
    return records.length;
  }

  Term[] get(int record) {
    return records[record];
  }
}
