package io.itinera.jobs.format;

import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.files.Lines;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A record cut from a file.
 *
 * @param text raw text
 * @param cells values of its columns, null among them; empty where the format has none yet
 * @param row values of its columns in their own types; null where they are texts, or none
 * @param other fields that nobody asked for; null for none
 * @param problem null, or why it is none
 * @param detail a sentence about the problem
 */
public record CutRecord(
    String text,
    List<String> cells,
    InternalRow row,
    Map<String, String> other,
    String problem,
    String detail) {

  static CutRecord parsed(String text, InternalRow row, Map<String, String> other) {
    return new CutRecord(text, List.of(), row, other, null, null);
  }

  static CutRecord of(String text, Map<String, String> other) {
    return new CutRecord(text, List.of(), null, other, null, null);
  }

  static CutRecord of(String text, List<String> cells, Map<String, String> other) {
    return new CutRecord(text, cells, null, other, null, null);
  }

  static CutRecord malformed(String text, String detail) {
    return new CutRecord(text, List.of(), null, null, RejectionReason.MALFORMED.text(), detail);
  }

  /** A malformed record in the place of a line that was too long. */
  static CutRecord cutOff(String start) {
    return malformed(
        start,
        "The line is longer than %,d characters; this is its start.".formatted(Lines.LONGEST));
  }

  /** What stands for a file, or for its rest, that cannot be read; {@code detail} says why. */
  public static CutRecord unreadable(String detail) {
    return new CutRecord(
        null, List.of(), null, null, RejectionReason.UNREADABLE_FILE.text(), detail);
  }
}
