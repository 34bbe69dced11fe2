package io.itinera.core.raw;

/** Ids that were delivered more than once, or are stored already, and what came of it. */
final class Contests {

  /** {@link #TOUCHPOINT}, {@link #PROFILE} or {@link #COST}. */
  static final String KIND = "kind";

  static final String SOURCE = "contested_source";

  /** Id of the touchpoint, or record id of the profile or cost. */
  static final String ID = "contested_id";

  /** File and place of the record that wins; null where the stored row stands. */
  static final String WINNING_PATH = "winning_path";

  static final String WINNING_POSITION = "winning_position";

  /** Sequence that the touchpoint must have. */
  static final String SETTLED_SEQUENCE = "settled_sequence";

  /** Content hash, sequence and day of the row that is stored; null if none is. */
  static final String STORED_HASH = "stored_hash";

  static final String STORED_SEQUENCE = "stored_sequence";
  static final String STORED_DATE = "stored_date";

  /** Whether what wins withdraws the touchpoint; whether what is stored does. */
  static final String IS_WITHDRAWN = "is_withdrawn";

  static final String WAS_WITHDRAWN = "was_withdrawn";

  static final String TOUCHPOINT = "touchpoint";
  static final String PROFILE = "profile";
  static final String COST = "cost";

  private Contests() {}
}
