package io.itinera.core.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One record as a source writes it.
 *
 * @param file its source
 * @param day whose file holds it
 * @param at its place in that file
 * @param recordId the record's id, as the source's configuration reads it
 * @param text the record's line
 * @param identifiers whom it names, normalised
 */
record RawRecord(
    SampleFile file,
    LocalDate day,
    Instant at,
    String recordId,
    String text,
    List<Identifier> identifiers) {

  /** A normalised identifier. */
  record Identifier(String type, String value) {}

  RawRecord {
    identifiers = List.copyOf(identifiers);
  }

  RawRecord withText(String changed) {
    return new RawRecord(file, day, at, recordId, changed, identifiers);
  }

  boolean isTouchpoint() {
    return file != SampleFile.CRM_CONTACTS;
  }
}
