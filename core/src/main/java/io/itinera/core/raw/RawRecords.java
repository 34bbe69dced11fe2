package io.itinera.core.raw;

import java.util.List;

/**
 * Records as they were cut from raw files: where each stood, its text, what was wrong with it, and
 * beside these columns the record's own.
 *
 * <p>All names start with an underscore, so that a record may have a column {@code path} of its
 * own. Expressions of a source may use them.
 */
public final class RawRecords {

  /** The file, as listed in the landing folder. */
  public static final String PATH = "_path";

  /** When the file was last modified. */
  public static final String MODIFIED_AT = "_modified_at";

  /** Ordinal of the record in its file, from 1. */
  public static final String POSITION = "_position";

  /** The raw text. */
  public static final String RECORD = "_record";

  /**
   * Null, or {@link #MALFORMED} or {@link #UNREADABLE_FILE}; then the record's columns say nothing.
   */
  public static final String PROBLEM = "_problem";

  /** A sentence about the problem. */
  public static final String PROBLEM_DETAIL = "_problem_detail";

  /** A record that breaks its format. */
  public static final String MALFORMED = "malformed";

  /** Stands for all records of a file, or for those behind the point where it breaks. */
  public static final String UNREADABLE_FILE = "unreadable-file";

  /** All of these columns, in this order. */
  public static final List<String> COLUMNS =
      List.of(PATH, MODIFIED_AT, POSITION, RECORD, PROBLEM, PROBLEM_DETAIL);

  private RawRecords() {}
}
