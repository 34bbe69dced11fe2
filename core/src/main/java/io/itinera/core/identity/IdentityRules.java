package io.itinera.core.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may be linked with whom.
 *
 * @param types identifier type to what it says about a person; a type that is missing is device
 *     level and last
 * @param maxFanOut an identifier seen with more distinct person-level identifiers of one type than
 *     this links nobody, unless its type has a limit of its own
 * @param maxIdentifiers the most identifiers that a customer may have
 * @param roleMailboxes what stands before the @ in addresses that several people share, in small
 *     letters
 * @param devices whose a device is that several persons use
 * @param idKey key of the hash that makes customer ids, so that an id does not give its e-mail away
 */
public record IdentityRules(
    Map<String, IdentifierType> types,
    int maxFanOut,
    int maxIdentifiers,
    Set<String> roleMailboxes,
    DeviceRules devices,
    String idKey) {

  /** The default of {@code itinera.id-key}, for trying out only. */
  public static final String PUBLIC_KEY = "public-key-for-local-use-only";

  /**
   * What an identifier of a type says about a person.
   *
   * @param level whether it names a person or a device
   * @param priority smaller is stronger within its level
   * @param maxPerCustomer the most that a customer may have of it, if there is such a limit
   * @param maxFanOut its own {@link IdentityRules#maxFanOut}, if it has one
   */
  public record IdentifierType(
      Level level, int priority, Optional<Integer> maxPerCustomer, Optional<Integer> maxFanOut) {

    /** A type without limits of its own. */
    public IdentifierType(Level level, int priority) {
      this(level, priority, Optional.empty(), Optional.empty());
    }
  }

  /** Whether an identifier names a person or a device. */
  public enum Level {
    PERSON,
    DEVICE
  }

  public IdentityRules {
    types = Map.copyOf(types);
    roleMailboxes = Set.copyOf(roleMailboxes);
    requireFanOut("max-fan-out", maxFanOut);
    types.forEach(
        (type, rules) ->
            rules.maxFanOut().ifPresent(most -> requireFanOut("max-fan-out of " + type, most)));
    if (idKey.isBlank()) {
      throw new IllegalArgumentException("id-key must not be blank");
    }
    limits(types, maxIdentifiers);
  }

  /** The most that a customer may have. */
  GroupLimits limits() {
    return limits(types, maxIdentifiers);
  }

  private static GroupLimits limits(Map<String, IdentifierType> types, int maxIdentifiers) {
    Map<String, Integer> perType = new TreeMap<>();
    types.forEach(
        (type, rules) -> rules.maxPerCustomer().ifPresent(most -> perType.put(type, most)));
    return new GroupLimits(perType, maxIdentifiers);
  }

  private static void requireFanOut(String name, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + most);
    }
  }

  /** Whether customer ids can be tested by everybody, since the key is the published default. */
  public boolean hasPublicKey() {
    return idKey.equals(PUBLIC_KEY);
  }

  /** All but the key. */
  @Override
  public String toString() {
    return "IdentityRules[types=%s, maxFanOut=%d, maxIdentifiers=%d, devices=%s, idKey=(hidden)]"
        .formatted(types, maxFanOut, maxIdentifiers, devices);
  }

  /** Types of identifiers that name a person. */
  public Set<String> personTypes() {
    Set<String> persons = new TreeSet<>(types.keySet());
    persons.removeIf(type -> types.get(type).level() != Level.PERSON);
    return persons;
  }
}
