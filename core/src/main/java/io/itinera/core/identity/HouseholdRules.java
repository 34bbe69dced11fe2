package io.itinera.core.identity;

import java.util.List;

/**
 * Which customers live together.
 *
 * @param by SQL expressions over the columns of {@link io.itinera.core.table.Customers}; customers
 *     with equal values in all of them are a household. None: there are no households
 * @param mostMembers more who agree are no household: a hostel, a company, a form's default
 */
public record HouseholdRules(List<String> by, int mostMembers) {

  public HouseholdRules {
    by = List.copyOf(by);
    if (mostMembers < 2) {
      throw new IllegalArgumentException("most-members must be at least 2, was " + mostMembers);
    }
  }

  /** Whether anybody asked for households. */
  public boolean areWanted() {
    return !by.isEmpty();
  }
}
