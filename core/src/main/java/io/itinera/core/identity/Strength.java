package io.itinera.core.identity;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/** How strongly an identifier of a type speaks for a person. */
final class Strength {

  private static final int SECOND = 1_000_000;
  private static final int LAST = 2_000_000;

  private Strength() {}

  /** Rank of an identifier's type, smaller is stronger: person before device, then priority. */
  static Column rank(Column type, IdentityRules rules) {
    return byType(type, rules, each -> rank(each, Level.PERSON), LAST);
  }

  /**
   * Rank by which the owner of a touchpoint is found among its identifiers: as {@link #rank},
   * unless a device is its latest person's whoever was signed in.
   */
  static Column rankOfOwner(Column type, IdentityRules rules) {
    boolean areDevicesFirst = rules.devices().ownership() == Ownership.LATEST;
    Level first = areDevicesFirst ? Level.DEVICE : Level.PERSON;
    return byType(type, rules, each -> rank(each, first), LAST);
  }

  /** The most person-level identifiers of one type with which one of this type may be seen. */
  static Column maxFanOut(Column type, IdentityRules rules) {
    return byType(
        type, rules, each -> each.maxFanOut().orElse(rules.maxFanOut()), rules.maxFanOut());
  }

  /** Place of an identifier's type among those that are limited per customer. */
  static Column kind(Column type, GroupLimits limits) {
    Column kind = lit(GroupLimits.UNLIMITED);
    for (String limited : limits.types()) {
      kind = when(type.equalTo(limited), limits.kind(limited)).otherwise(kind);
    }
    return kind;
  }

  /** Whether an identifier's type names a person. */
  static Column isPersonal(Column type, IdentityRules rules) {
    return type.isin(rules.personTypes().toArray());
  }

  private static Column byType(
      Column type, IdentityRules rules, Function<IdentifierType, Integer> value, int otherwise) {
    Column found = null;
    for (Map.Entry<String, IdentifierType> entry : new TreeMap<>(rules.types()).entrySet()) {
      Integer of = value.apply(entry.getValue());
      Column isType = type.equalTo(entry.getKey());
      found = found == null ? when(isType, of) : found.when(isType, of);
    }
    return found == null ? lit(otherwise) : found.otherwise(otherwise);
  }

  private static int rank(IdentifierType type, Level first) {
    return type.level() == first ? type.priority() : SECOND + type.priority();
  }
}
