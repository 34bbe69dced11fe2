package io.itinera.jobs.worlds;

/** What makes a world hostile to whoever loads it. Each can be left out, to look at the others. */
enum Feature {
  /** Coarse instants, equal rows, a purchase, its page of thanks and its refund in one second. */
  TIES,
  /** Events that come days after they happened. */
  LATE,
  /** Events later than the night that loads them. */
  EARLY,
  /** Nights for an earlier day than the night before. */
  BACKWARDS,
  /** The days on which clocks are put forward or back, at the hours that are missing or double. */
  CLOCK_CHANGES,
  /** The same path again with more lines. */
  GROWING_FILES,
  /** The same path again with corrected lines. */
  REWRITTEN_FILES,
  /** Rewritten files also lose lines. */
  FEWER_LINES,
  /** All records in a new file every night. */
  FULL_DUMPS,
  /** Old content again under another name, or under its own at another time. */
  REDELIVERED,
  /** Files that were loaded and are moved away. */
  ARCHIVED,
  /** The same record with other content. */
  CORRECTED,
  /** The same record under another time. */
  REDATED,
  /** Records that are withdrawn, by themselves or by another source, and come back. */
  WITHDRAWN,
  /** Profiles that are deleted and come back. */
  PROFILES_GO,
  /** Devices that pass the limit per minute by late events, and fall below it. */
  BOTS,
  /** Identifiers that pass the fan-out limit, and fall below it. */
  FAN_OUT,
  /** One device of a family. */
  SHARED_DEVICES,
  /** Somebody decides who is who, and takes it back. */
  DECISIONS,
  /** The page of thanks loaded again. */
  ORDERS_AGAIN,
  /** Numbers and times at their borders and beyond. */
  BORDERS
}
