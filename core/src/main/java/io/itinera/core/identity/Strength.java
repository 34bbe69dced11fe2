package io.itinera.core.identity;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/** How strongly an identifier of a type speaks for a person. */
final class Strength {

  private static final int DEVICES_FROM = 1_000_000;
  private static final int LAST = 2_000_000;

  private Strength() {}

  /** Rank of an identifier's type, smaller is stronger: person before device, then priority. */
  static Column rank(Column type, IdentityRules rules) {
    Column rank = null;
    for (Map.Entry<String, IdentifierType> entry : new TreeMap<>(rules.types()).entrySet()) {
      int value = rank(entry.getValue());
      Column isType = type.equalTo(entry.getKey());
      rank = rank == null ? when(isType, value) : rank.when(isType, value);
    }
    return rank == null ? lit(LAST) : rank.otherwise(LAST);
  }

  /** Whether an identifier's type names a person. */
  static Column isPersonal(Column type, IdentityRules rules) {
    Object[] personal =
        rules.types().entrySet().stream()
            .filter(entry -> entry.getValue().level() == Level.PERSON)
            .map(Map.Entry::getKey)
            .sorted()
            .toArray();
    return type.isin(personal);
  }

  private static int rank(IdentifierType type) {
    return type.level() == Level.PERSON ? type.priority() : DEVICES_FROM + type.priority();
  }
}
