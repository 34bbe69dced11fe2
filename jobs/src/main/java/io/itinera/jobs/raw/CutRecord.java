package io.itinera.jobs.raw;

import io.itinera.core.raw.RawRecords;
import java.util.List;

/**
 * A record cut from a file.
 *
 * @param text raw text
 * @param cells values of its columns, null among them; empty where the format has none yet
 * @param problem null, or why it is none
 * @param detail a sentence about the problem
 */
record CutRecord(String text, List<String> cells, String problem, String detail) {

  static CutRecord of(String text) {
    return new CutRecord(text, List.of(), null, null);
  }

  static CutRecord of(String text, List<String> cells) {
    return new CutRecord(text, cells, null, null);
  }

  static CutRecord malformed(String text, String detail) {
    return new CutRecord(text, List.of(), RawRecords.MALFORMED, detail);
  }

  static CutRecord unreadable(String detail) {
    return new CutRecord(null, List.of(), RawRecords.UNREADABLE_FILE, detail);
  }
}
