package io.itinera.jobs.stage;

import io.itinera.core.table.CustomerDays;
import io.itinera.jobs.lake.Lake;
import java.time.LocalDate;
import java.util.function.Predicate;

/** The days that a model learnt from. */
final class LearntDays {

  private LearntDays() {}

  /**
   * Whether none of them was written since: late, withdrawn and re-stitched records rewrite the
   * days that they are about. The log tells, and no row is looked at.
   *
   * @param version of {@code customer_days} that the model learnt from; below 0 if nobody noted it
   * @param isLearnt whether it learnt from that day
   */
  static boolean areAsThen(Lake lake, long version, Predicate<LocalDate> isLearnt) {
    return version >= 0
        && version <= lake.version(CustomerDays.TABLE)
        && lake.hasChangesSince(CustomerDays.TABLE, version)
        && lake.touchedPartitions(CustomerDays.TABLE, version).stream()
            .map(LocalDate::parse)
            .noneMatch(isLearnt);
  }
}
