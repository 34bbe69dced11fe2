package io.itinera.core.source;

import io.itinera.core.table.RejectionReason;
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

  /**
   * Where a record's elements become records of their own, their positions are that of the record,
   * shifted by so many bits, and the place of the element.
   */
  public static final int POSITION_BITS = 20;

  /**
   * Ordinal of the record among those of its file with the same text, from 1. Only where it is
   * needed, and who cut the file has counted.
   */
  public static final String ORDINAL = "_ordinal";

  /** The raw text. */
  public static final String RECORD = "_record";

  /**
   * Null, or {@link RejectionReason#MALFORMED} or {@link RejectionReason#UNREADABLE_FILE} as tables
   * call it; then the record's columns say nothing.
   */
  public static final String PROBLEM = "_problem";

  /** A sentence about the problem. */
  public static final String PROBLEM_DETAIL = "_problem_detail";

  /**
   * Fields of the record that neither its schema nor an expression of its source names, as a map of
   * texts; null where there are none.
   */
  public static final String OTHER = "_other";

  /** All of these columns, in this order. */
  public static final List<String> COLUMNS =
      List.of(PATH, MODIFIED_AT, POSITION, RECORD, PROBLEM, PROBLEM_DETAIL, OTHER);

  private RawRecords() {}
}
