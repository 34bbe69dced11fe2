package io.itinera.core.map;

import io.itinera.core.rule.Identifier;
import java.util.Optional;

/**
 * Spells identifiers that a person has written down as those of records are spelt in tables: else a
 * decision about {@code Ann@Example.org} would be about nobody.
 */
public final class SpellIdentifiers {

  /** Of no country: a number needs its country code. */
  private static final String NOWHERE = "ZZ";

  private SpellIdentifiers() {}

  /**
   * The same identifier as tables have it; nothing if none of its type can be written so: no e-mail
   * address, or a telephone number without its country code.
   *
   * @param written type and value, perhaps with blanks around them
   */
  public static Optional<Identifier> asStored(Identifier written) {
    String type = written.type().strip();
    String value =
        switch (type) {
          case NormaliseIdentifiers.EMAIL -> NormaliseIdentifiers.email(written.value());
          case NormaliseIdentifiers.PHONE ->
              PhoneNumbers.e164(NormaliseIdentifiers.clean(written.value()), NOWHERE);
          default -> NormaliseIdentifiers.clean(written.value());
        };
    return Optional.ofNullable(value)
        .filter(spelt -> !spelt.isEmpty())
        .map(spelt -> new Identifier(type, spelt));
  }
}
