package io.itinera.core.rule;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/**
 * Short names of sets of identifiers. They follow from the set alone, so every record that names it
 * has the same, whatever was loaded before.
 *
 * <p>A set's name has two parts. One of 64 bits is enough for joins by hand, but whoever chooses
 * identifiers, such as cookies, can make another set with the same one in no time: so all joins of
 * ours, and the view of owned touchpoints, compare both.
 */
public final class SetIds {

  /** What {@link #check} hashes first. */
  public static final long OTHER = 0x5E7L;

  private SetIds() {}

  /** 64-bit hash of {@code identifiers}, which are sorted; null without any. */
  public static Column of(Column identifiers) {
    return when(size(identifiers).gt(0), xxhash64(identifiers));
  }

  /** Another hash of them, which tells sets apart whose {@link #of} is the same. */
  public static Column check(Column identifiers) {
    return when(size(identifiers).gt(0), xxhash64(lit(OTHER), identifiers));
  }
}
