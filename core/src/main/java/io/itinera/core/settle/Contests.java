package io.itinera.core.settle;

/** Ids that were delivered more than once, or are stored already, and what came of it. */
final class Contests {

  /** {@link #OF_TOUCHPOINT}, {@link #OF_PROFILE} or {@link #OF_COST}. */
  static final String KIND = "contested_kind";

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

  /** The run that loaded the touchpoint that is stored. */
  static final String STORED_RUN = "stored_run";

  /** Whether what wins withdraws the touchpoint; whether what is stored does. */
  static final String IS_WITHDRAWN = "is_withdrawn";

  static final String WAS_WITHDRAWN = "was_withdrawn";

  /** Whether a rewritten file had brought what is stored, and nobody else has it. */
  static final String IS_GONE = "is_gone";

  /** Whether a file has the winner that is not among the night's, and must be read for it. */
  static final String IS_HELD = "is_held";

  static final String OF_TOUCHPOINT = "touchpoint";
  static final String OF_PROFILE = "profile";
  static final String OF_COST = "cost";

  private Contests() {}
}
