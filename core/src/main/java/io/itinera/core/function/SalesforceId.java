package io.itinera.core.function;

import java.util.regex.Pattern;

/**
 * Salesforce's ids, of 15 characters in reports and formulas, where small and capital letters make
 * a difference, and of 18 in its API, where they make none.
 */
public final class SalesforceId {

  private static final Pattern SHORT = Pattern.compile("[0-9A-Za-z]{15}");
  private static final int CHUNK = 5;
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  /** What Salesforce writes where there is nothing. */
  private static final String NOBODY = "000000000000000AAA";

  private SalesforceId() {}

  /**
   * The id of 18 characters; what is neither stays as it is, and the id of nothing is null.
   *
   * <p>Each five of the 15 characters add one: the first is worth 1 where it is a capital letter,
   * the second 2, then 4, 8 and 16; the sum is a place in A to Z, 0 to 5 (Salesforce: how to
   * convert a 15 character id to an 18 character case-safe id).
   */
  public static String of(String id) {
    StringBuilder whole = new StringBuilder(id);
    if (SHORT.matcher(id).matches()) {
      for (int chunk = 0; chunk < id.length(); chunk += CHUNK) {
        int sum = 0;
        for (int place = 0; place < CHUNK; place++) {
          char c = id.charAt(chunk + place);
          sum += c >= 'A' && c <= 'Z' ? 1 << place : 0;
        }
        whole.append(DIGITS.charAt(sum));
      }
    }
    return NOBODY.contentEquals(whole) ? null : whole.toString();
  }
}
