package io.itinera.core.match;

import java.io.Serializable;

/**
 * One field by which records are compared.
 *
 * @param name what weights call it
 * @param kind how its values are compared
 * @param partner name of the field that it may be confused with, such as the surname for a first
 *     name, or null
 * @param group name of what it changes with, such as {@code address} for street and city, or null:
 *     whoever moves gets another of each, which is one piece of news and not four
 * @param isShared whether people of one household or office have it in common, as a surname or a
 *     telephone
 */
public record MatchField(String name, Kind kind, String partner, String group, boolean isShared)
    implements Serializable {

  /** How values of a field are compared. */
  public enum Kind {
    /** A given name: with short forms, initials and scripts. */
    GIVEN_NAME,
    /** A family name. */
    NAME,
    /** A number of a date: day, month or year. */
    NUMBER,
    /** An e-mail address. */
    EMAIL,
    /** A code that changes by slips only: telephone, postal code, number of a document. */
    CODE,
    /** Words, such as a street or a city. */
    TEXT,
    /** A company, whose legal form says little. */
    COMPANY
  }

  public MatchField {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field needs a name");
    }
  }

  /** Its kind, written as settings write it. */
  public static Kind kind(String text) {
    return Kind.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }
}
