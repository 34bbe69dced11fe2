package io.itinera.core.verify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Some of all customers, as if drawn by lot: those the hash of whose id, with a seed, is small. The
 * same seed draws the same ones from any table, in any order; a larger share has those of a smaller
 * one, too.
 *
 * @param seed start of the draw
 * @param most the largest hash that is drawn
 */
public record SampleCustomers(long seed, long most) {

  private static final String HASH = "customer_hash";

  /**
   * A share of all customers.
   *
   * @param share from 0, which is none but for one in 2⁶⁴, to 1, which is all
   */
  public static SampleCustomers ofShare(double share, long seed) {
    // What is too large for a long becomes the largest one.
    return new SampleCustomers(seed, (long) (Long.MIN_VALUE + share * 0x1p64));
  }

  /**
   * The largest hash of the first {@code count} customers in the order of the draw, as one row with
   * one value; null without any customer.
   *
   * @param ids a column of customers' ids, each as often as it likes
   */
  public static Dataset<Row> largestOf(Dataset<Row> ids, int count, long seed) {
    return ids.select(hash(col(ids.columns()[0]), seed).as(HASH))
        .distinct()
        .orderBy(HASH)
        .limit(count)
        .agg(max(HASH));
  }

  /** Whether the customer of that id is drawn. */
  public Column has(String id) {
    return hash(col(id), seed).leq(most);
  }

  private static Column hash(Column id, long seed) {
    return xxhash64(lit(seed), id);
  }
}
