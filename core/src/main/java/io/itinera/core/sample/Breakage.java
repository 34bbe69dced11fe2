package io.itinera.core.sample;

import java.util.Arrays;
import java.util.List;

/**
 * A record that arrives broken.
 *
 * @param text what arrives
 * @param reason why it must be rejected, as in {@code rejected_records}
 */
record Breakage(String text, String reason) {

  private static final String MALFORMED = "malformed";
  private static final String MISSING_TIME = "missing-time";
  private static final String BAD_TIME = "bad-time";
  private static final String BAD_NUMBER = "bad-number";
  private static final String NO_IDENTIFIER = "no-identifier";

  static Breakage of(RawRecord record, Dice dice) {
    String text = record.text();
    int way = dice.below(3);
    return switch (record.file()) {
      case WEB -> way == 0 ? truncated(text) : without(text, "\"event_timestamp\":\"[0-9]+\",");
      case NEWSLETTER -> newsletter(text, way);
      case CALLS -> call(text, way);
      case TILL -> till(text, way);
      case CRM_CASES -> salesforceCase(text, way);
      default -> new Breakage(quoted(text, "", 0, 1, 2, 3, 13, 14), NO_IDENTIFIER);
    };
  }

  private static Breakage newsletter(String text, int way) {
    return switch (way) {
      case 0 -> truncated(text);
      case 1 -> without(text, "\"timestamp\":[0-9]+,");
      default -> new Breakage(text.replaceFirst("\"email\":\"[^\"]*\",", ""), NO_IDENTIFIER);
    };
  }

  private static Breakage call(String text, int way) {
    // One bad conversation must not spoil the document of all the others: no truncation.
    return way == 0
        ? without(text, "\"conversationStart\":\"[^\"]*\",")
        : new Breakage(
            text.replaceAll("\"ani\":\"[^\"]*\"", "\"ani\":\"sip:anonymous@anonymous.invalid\""),
            NO_IDENTIFIER);
  }

  private static Breakage till(String text, int way) {
    String[] cells = text.split(";", -1);
    switch (way) {
      case 0 -> cells[1] = "31.02.2025 25:61";
      case 1 -> cells[6] = "12,x0";
      default -> {
        cells[2] = "";
        cells[3] = "";
      }
    }
    List<String> reasons = List.of(BAD_TIME, BAD_NUMBER, NO_IDENTIFIER);
    return new Breakage(String.join(";", cells), reasons.get(way));
  }

  private static Breakage salesforceCase(String text, int way) {
    return way == 0
        ? new Breakage(quoted(text, "2025-13-45T99:00:00.000Z", 9), BAD_TIME)
        : new Breakage(quoted(text, "", 1, 2, 3), NO_IDENTIFIER);
  }

  private static Breakage truncated(String text) {
    return new Breakage(text.substring(0, text.length() * 2 / 3), MALFORMED);
  }

  private static Breakage without(String text, String pattern) {
    return new Breakage(text.replaceFirst(pattern, ""), MISSING_TIME);
  }

  /** A line of quoted cells with {@code value} in the given places. */
  private static String quoted(String text, String value, int... places) {
    String[] cells = text.substring(1, text.length() - 1).split("\",\"", -1);
    for (int place : places) {
      cells[place] = value;
    }
    return Contacts.quoted(Arrays.asList(cells));
  }
}
