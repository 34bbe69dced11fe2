package io.itinera.core.source;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the records of one source become touchpoints, profiles, campaign costs or several of these.
 *
 * <p>Every expression is Spark SQL over the columns of the record.
 *
 * @param name the source's name, as in the column {@code source}
 * @param path glob of the raw files
 * @param files how these are cut into records
 * @param values how their texts are read as times, numbers and telephone numbers
 * @param named names that the block {@code let} gives to values, which stand in the expressions
 *     already; a column of a file that bears one is seen by none of them
 * @param where records for which this is not true are left out, reason {@code filtered}
 * @param deliveries which of several deliveries of one record stays
 * @param unidentified what becomes of a touchpoint without any identifier
 * @param orders whether the purchases of one order add up
 * @param maxRejectedShare share of rejected records (without filtered ones) beyond which the night
 *     fails, 0 to 1
 * @param touchpoint how a record becomes a touchpoint
 * @param profile how a record becomes a profile
 * @param cost how a record becomes a row of campaign costs
 */
public record SourceRules(
    String name,
    String path,
    FileRules files,
    ValueRules values,
    Set<String> named,
    Optional<String> where,
    DeliveryRules deliveries,
    Unidentified unidentified,
    Orders orders,
    double maxRejectedShare,
    Optional<MappingRules> touchpoint,
    Optional<MappingRules> profile,
    Optional<MappingRules> cost) {

  /** What several purchase records with one order id are. */
  public enum Orders {
    /** Lines of the order, as on a till's receipt: their values add up. */
    LINES,
    /** The order told again, as by a page of thanks that is loaded twice: the first one counts. */
    ONCE
  }

  /** What becomes of a touchpoint without any identifier. */
  public enum Unidentified {
    REJECT,
    KEEP
  }

  public SourceRules {
    Objects.requireNonNull(name, "name");
    named = Set.copyOf(named);
    if (touchpoint.isEmpty() && profile.isEmpty() && cost.isEmpty()) {
      throw new IllegalArgumentException(
          "source %s yields nothing: give it a touchpoint, profile or cost block".formatted(name));
    }
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "max-rejected-share must be between 0 and 1, was " + maxRejectedShare);
    }
  }

  /** All blocks that say what a record becomes. */
  public Stream<MappingRules> blocks() {
    return Stream.of(touchpoint, profile, cost).flatMap(Optional::stream);
  }

  /**
   * Whether stored touchpoints must be found again without their day: because the record may come
   * under another one, or be withdrawn by a record that says no time.
   */
  public boolean needsDates() {
    return deliveries.redated()
        || touchpoint.stream().anyMatch(block -> block.columns().containsKey(MappingRules.DELETED));
  }
}
