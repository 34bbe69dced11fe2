package io.itinera.core.match;

import java.util.Comparator;

/**
 * Whose values are compared.
 *
 * @param source its source
 * @param recordId its id there
 * @param type type of its strongest identifier, null if it has none
 * @param value the value of that
 * @param day days since 1970 on which it was made
 */
public record ProfileHead(String source, String recordId, String type, String value, int day) {

  /** By source and id there. */
  public static final Comparator<ProfileHead> ORDER =
      Comparator.comparing(ProfileHead::source).thenComparing(ProfileHead::recordId);

  /** By identifier. */
  static final Comparator<ProfileHead> BY_IDENTIFIER =
      Comparator.comparing(ProfileHead::type).thenComparing(ProfileHead::value);
}
