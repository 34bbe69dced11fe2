package io.itinera.jobs.config;

import io.itinera.core.identity.Decision;
import io.itinera.core.identity.DeviceRules;
import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.IdentityDiff.Causes;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads who may be linked with whom. */
final class IdentityReader {

  private static final SettingKind<Integer> AT_LEAST_ONE = SettingKind.whole(1, Integer.MAX_VALUE);

  private static final String HIDDEN = "hidden";

  private IdentityReader() {}

  static Map<String, IdentifierType> types(Settings types) {
    Map<String, IdentifierType> levels = new TreeMap<>();
    types
        .named()
        .forEach(
            (name, type) ->
                levels.put(
                    name,
                    new IdentifierType(
                        type.get("level", SettingKind.choice(Level.class)),
                        type.get("priority", SettingKind.whole(1, 1000)),
                        type.find("max-per-customer", AT_LEAST_ONE),
                        type.find("max-fan-out", AT_LEAST_ONE))));
    return levels;
  }

  /**
   * Types of which a customer may have one because that is what is shipped: somebody who sets the
   * limit means what he writes.
   */
  static Set<String> numbers(Settings settings, Map<String, IdentifierType> types) {
    Set<String> numbers = new TreeSet<>();
    types.forEach(
        (name, type) -> {
          if (type.maxPerCustomer().filter(most -> most == 1).isPresent()
              && settings.isShipped(name, "max-per-customer")) {
            numbers.add(name);
          }
        });
    return numbers;
  }

  static IdentityRules rules(Settings identity, Map<String, IdentifierType> types, String idKey) {
    identity.find("preset", SettingKind.oneOf(Presets.IDENTITY));
    Set<String> mailboxes = new TreeSet<>();
    for (String mailbox : identity.list("role-mailboxes", SettingKind.FILLED)) {
      mailboxes.add(mailbox.toLowerCase(Locale.ROOT));
    }
    Settings devices = identity.section("devices");
    return new IdentityRules(
        types,
        identity.get("max-fan-out", AT_LEAST_ONE),
        identity.get("max-identifiers", SettingKind.whole(2, Integer.MAX_VALUE)),
        mailboxes,
        new DeviceRules(
            devices.get("ownership", SettingKind.choice(Ownership.class)),
            devices.get("replay", SettingKind.DURATION)),
        idKey);
  }

  /** What the ledger tells, which outlives the records that it is about. */
  static Causes causes(Settings itinera) {
    return itinera.get("pii", SettingKind.oneOf(List.of(HIDDEN, "shown"))).equals(HIDDEN)
        ? Causes.TYPES
        : Causes.VALUES;
  }

  /** What is decided for good, in the order of the file. */
  static List<Decision> decisions(Settings identity, Set<String> types) {
    SettingKind<Identifier> identifier = SettingKind.identifier(types);
    List<Decision> decisions = new ArrayList<>();
    for (Ruling ruling : List.of(Ruling.ALWAYS, Ruling.NEVER)) {
      for (Settings pair : identity.sections(ruling.text())) {
        Identifier left = pair.get("left", identifier);
        Optional<Identifier> right = Optional.of(pair.get("right", identifier));
        String reason = reason(pair);
        decisions.add(pair.build(() -> new Decision(left, right, ruling, reason, Instant.MIN)));
      }
    }
    for (Settings single : identity.sections(Ruling.IGNORE.text())) {
      Identifier value = single.get("value", identifier);
      decisions.add(
          new Decision(value, Optional.empty(), Ruling.IGNORE, reason(single), Instant.MIN));
    }
    decisions.removeIf(Objects::isNull);
    return List.copyOf(decisions);
  }

  private static String reason(Settings decision) {
    return decision.find("reason", SettingKind.TEXT).orElse("");
  }
}
