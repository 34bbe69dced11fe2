package io.itinera.core.map;

/**
 * Why a record is rejected.
 *
 * @param reason a short code
 * @param detail a sentence about it, with nothing of the record's content
 */
record Fault(String reason, String detail) {

  static final String MISSING_TIME = "missing-time";
  static final String BAD_TIME = "bad-time";
  static final String FUTURE_TIME = "future-time";
  static final String MISSING_TYPE = "missing-type";
  static final String MISSING_ID = "missing-id";
  static final String BAD_NUMBER = "bad-number";
  static final String LONG_IDENTIFIER = "long-identifier";
  static final String NO_IDENTIFIER = "no-identifier";
  static final String UNKNOWN_CURRENCY = "unknown-currency";

  static final Fault NO_RECORD_ID = new Fault(MISSING_ID, "record-id is empty.");
  static final Fault TOO_LONG =
      new Fault(LONG_IDENTIFIER, "An identifier is longer than 1,000 characters.");
  static final Fault NAMES_NOBODY =
      new Fault(NO_IDENTIFIER, "No identifier of a person or a device given.");

  static Fault unreadable(String number) {
    return new Fault(BAD_NUMBER, number + " is not a number, or is too large.");
  }
}
