package io.itinera.core.identity;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may be linked with whom.
 *
 * @param types identifier type to its level and priority; a type that is missing is device level
 *     and last
 * @param maxFanOut an identifier seen with more distinct person-level identifiers of one type than
 *     this links nobody
 * @param idKey key of the hash that makes customer ids, so that an id does not give its e-mail away
 */
public record IdentityRules(Map<String, IdentifierType> types, int maxFanOut, String idKey) {

  /** The default of {@code itinera.id-key}, for trying out only. */
  public static final String PUBLIC_KEY = "public-key-for-local-use-only";

  /**
   * What an identifier of a type says about a person.
   *
   * @param level whether it names a person or a device
   * @param priority smaller is stronger within its level
   */
  public record IdentifierType(Level level, int priority) {}

  /** Whether an identifier names a person or a device. */
  public enum Level {
    PERSON,
    DEVICE
  }

  public IdentityRules {
    types = Map.copyOf(types);
    if (maxFanOut < 1) {
      throw new IllegalArgumentException("max-fan-out must be at least 1, was " + maxFanOut);
    }
    if (idKey.isBlank()) {
      throw new IllegalArgumentException("id-key must not be blank");
    }
  }

  /** Whether customer ids can be tested by everybody, since the key is the published default. */
  public boolean hasPublicKey() {
    return idKey.equals(PUBLIC_KEY);
  }

  /** All but the key. */
  @Override
  public String toString() {
    return "IdentityRules[types=%s, maxFanOut=%d, idKey=(hidden)]".formatted(types, maxFanOut);
  }

  /** Types of identifiers that name a person. */
  public Set<String> personTypes() {
    Set<String> persons = new TreeSet<>(types.keySet());
    persons.removeIf(type -> types.get(type).level() != Level.PERSON);
    return persons;
  }
}
