package io.itinera.core.map;

import io.itinera.core.table.RejectionReason;

/**
 * Why a record is rejected.
 *
 * @param reason the kind of fault
 * @param detail a sentence about it, with nothing of the record's content
 */
record Fault(RejectionReason reason, String detail) {

  static final Fault NO_RECORD_ID = new Fault(RejectionReason.MISSING_ID, "record-id is empty.");
  static final Fault TOO_LONG =
      new Fault(RejectionReason.LONG_IDENTIFIER, "An identifier is longer than 1,000 characters.");
  static final Fault NAMES_NOBODY =
      new Fault(RejectionReason.NO_IDENTIFIER, "No identifier of a person or a device given.");

  static Fault unreadable(String number) {
    return new Fault(RejectionReason.BAD_NUMBER, number + " is not a number, or is too large.");
  }
}
