package io.itinera.core.source;

import java.util.Optional;

/**
 * Which of several deliveries of one record stays, and what a file means that is written anew.
 *
 * @param rank number in the record, or in the name of its file, by which the vendor itself puts one
 *     delivery over another: the greater wins, whatever its version; none counts as 0
 * @param versionAt instant in the record by which deliveries of one rank compete; empty falls back
 *     to the file's logical date
 * @param winner which of two versions stays
 * @param redated whether a record may be delivered again under another day; false spares a lookup
 *     where the record's id fixes its time
 * @param rewritten what becomes of the records that a file brought before it was written anew
 * @param maxWithdrawnShare share of what a file had brought that may go when it is written anew;
 *     more fails the night, 0 to 1
 */
public record DeliveryRules(
    Optional<String> rank,
    Optional<String> versionAt,
    Winner winner,
    boolean redated,
    Rewritten rewritten,
    double maxWithdrawnShare) {

  /** Which of several deliveries of one record stays. */
  public enum Winner {
    LATEST_UPDATED,
    EARLIEST_RECEIVED
  }

  /** What a file that is written anew says of what it brought before. */
  public enum Rewritten {
    /** It stands for itself: what it no longer holds, and no other file does, goes. */
    REPLACES,
    /** It was rotated under its name: what it brought before stays. */
    ADDS
  }

  public DeliveryRules {
    if (!(maxWithdrawnShare >= 0 && maxWithdrawnShare <= 1)) {
      throw new IllegalArgumentException(
          "max-withdrawn-share must be between 0 and 1, was " + maxWithdrawnShare);
    }
  }
}
