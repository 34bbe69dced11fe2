package io.itinera.core.persistence;

import io.itinera.core.persistence.DimensionRules.Allocation;
import io.itinera.core.persistence.DimensionRules.Expiration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Carries the values of one dimension along touchpoints, which come one after the other: those of a
 * customer in their order, or, for values that count within a session, those of a session.
 *
 * <p>The rules are those that Adobe publishes for persistence in Customer Journey Analytics
 * (component settings of data views: allocation and expiration).
 */
final class CarryValues {

  /**
   * So many values count at a touchpoint, the latest; a life of search terms would fill the row.
   */
  static final int MOST_VALUES = 100;

  private final DimensionRules rules;
  private final Set<String> values = new LinkedHashSet<>();
  private String scope;
  private Instant setAt;

  CarryValues(DimensionRules rules) {
    this.rules = rules;
  }

  /**
   * A touchpoint.
   *
   * @param scope the session or the customer within which values count
   * @param at when it happened
   * @param type its type
   * @param value what it sets; null sets nothing
   */
  record Touch(String scope, Instant at, String type, String value) {}

  /** The values that count at {@code touch}, which is the next one, in the order they were set. */
  List<String> next(Touch touch) {
    if (!Objects.equals(scope, touch.scope())) {
      values.clear();
      scope = touch.scope();
    }
    if (rules.expiration() == Expiration.TIME && isTooOld(touch)) {
      values.clear();
    }
    if (touch.value() != null) {
      set(touch);
    }
    List<String> counting = List.copyOf(values);
    if (rules.expiration() == Expiration.METRIC && rules.metricTypes().contains(touch.type())) {
      values.clear();
    }
    return counting;
  }

  private boolean isTooOld(Touch touch) {
    return !values.isEmpty() && setAt.plus(rules.time()).isBefore(touch.at());
  }

  private void set(Touch touch) {
    if (rules.allocation() == Allocation.MOST_RECENT) {
      values.clear();
    }
    if (rules.allocation() != Allocation.ORIGINAL || values.isEmpty()) {
      values.add(touch.value());
      setAt = touch.at();
      if (values.size() > MOST_VALUES) {
        values.remove(values.iterator().next());
      }
    }
  }
}
