package io.itinera.jobs.raw;

import io.itinera.core.raw.RawRecords;
import java.util.List;
import java.util.Map;

/**
 * A record cut from a file.
 *
 * @param text raw text
 * @param cells values of its columns, null among them; empty where the format has none yet
 * @param other fields that nobody asked for; null for none
 * @param problem null, or why it is none
 * @param detail a sentence about the problem
 */
record CutRecord(
    String text, List<String> cells, Map<String, String> other, String problem, String detail) {

  static CutRecord of(String text, Map<String, String> other) {
    return new CutRecord(text, List.of(), other, null, null);
  }

  static CutRecord of(String text, List<String> cells, Map<String, String> other) {
    return new CutRecord(text, cells, other, null, null);
  }

  static CutRecord malformed(String text, String detail) {
    return new CutRecord(text, List.of(), null, RawRecords.MALFORMED, detail);
  }

  static CutRecord unreadable(String detail) {
    return new CutRecord(null, List.of(), null, RawRecords.UNREADABLE_FILE, detail);
  }
}
