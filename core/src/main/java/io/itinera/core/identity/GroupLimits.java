package io.itinera.core.identity;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many identifiers a customer may have.
 *
 * @param perType identifier type to the most that a customer may have of it; other types have no
 *     such limit
 * @param identifiers the most that a customer may have of all types together
 */
public record GroupLimits(Map<String, Integer> perType, int identifiers) implements Serializable {

  /** {@link #kind} of a type without a limit of its own. */
  static final int UNLIMITED = -1;

  public GroupLimits {
    perType = Map.copyOf(perType);
    perType.forEach(
        (type, most) -> {
          if (most < 1) {
            throw new IllegalArgumentException(
                "max-per-customer of %s must be at least 1, was %d".formatted(type, most));
          }
        });
    if (identifiers < 2) {
      throw new IllegalArgumentException("max-identifiers must be at least 2, was " + identifiers);
    }
  }

  /** The limited types, each at the place that {@link #kind} gives it. */
  List<String> types() {
    return List.copyOf(new TreeMap<>(perType).keySet());
  }

  /** The place of {@code type} among {@link #types}; {@link #UNLIMITED} if it is not there. */
  int kind(String type) {
    return types().indexOf(type);
  }
}
