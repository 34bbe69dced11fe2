package io.itinera.core.persona;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well personas agree with kinds that are known from elsewhere.
 *
 * @param customers customers compared
 * @param adjustedRandIndex of Hubert and Arabie (1985): 1 for the same groups, 0 as by chance
 * @param purity share of customers whose kind is the most frequent one in their persona
 */
public record PersonaRecovery(long customers, double adjustedRandIndex, double purity) {

  /**
   * How many customers are of one persona and one kind.
   *
   * @param persona the persona
   * @param kind the known kind
   * @param customers their number
   */
  public record Overlap(String persona, String kind, long customers) {}

  /** Compares two groupings of the same customers; an empty table and a single pair agree fully. */
  public static PersonaRecovery of(List<Overlap> table) {
    Map<String, Long> personas = new HashMap<>();
    Map<String, Long> kinds = new HashMap<>();
    Map<String, Long> largest = new HashMap<>();
    double together = 0;
    long customers = 0;
    for (Overlap cell : table) {
      personas.merge(cell.persona(), cell.customers(), Long::sum);
      kinds.merge(cell.kind(), cell.customers(), Long::sum);
      largest.merge(cell.persona(), cell.customers(), Long::max);
      together += pairs(cell.customers());
      customers += cell.customers();
    }
    double inPersonas = personas.values().stream().mapToDouble(PersonaRecovery::pairs).sum();
    double inKinds = kinds.values().stream().mapToDouble(PersonaRecovery::pairs).sum();
    double byChance = customers < 2 ? 0 : inPersonas * inKinds / pairs(customers);
    double most = (inPersonas + inKinds) / 2;
    double index = most == byChance ? 1 : (together - byChance) / (most - byChance);
    double pure = largest.values().stream().mapToLong(Long::longValue).sum();
    return new PersonaRecovery(customers, index, customers == 0 ? 1 : pure / customers);
  }

  private static double pairs(long customers) {
    return customers * (customers - 1.0) / 2;
  }
}
