package io.itinera.core.rule;

import java.util.Comparator;

/**
 * What names a person or a device.
 *
 * @param type such as {@code email}
 * @param value in the one spelling that all sources share
 */
public record Identifier(String type, String value) implements Comparable<Identifier> {

  private static final Comparator<Identifier> ORDER =
      Comparator.comparing(Identifier::type, Texts.ORDER)
          .thenComparing(Identifier::value, Texts.ORDER);

  @Override
  public int compareTo(Identifier other) {
    return ORDER.compare(this, other);
  }
}
