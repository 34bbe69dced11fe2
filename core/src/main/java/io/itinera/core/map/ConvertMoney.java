package io.itinera.core.map;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns amounts in other currencies into the one of all tables.
 *
 * @param currency the one of all tables
 * @param rates what others are worth
 */
record ConvertMoney(String currency, ExchangeRates rates) implements Serializable {

  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

  /**
   * Converts value and cost at the rate of the touchpoint's day; the column {@code currency} stays
   * as recorded. A value in a currency that has no rate for that day is at fault; such a cost is
   * unknown.
   *
   * @param touchpoint has currency, event_date, value and cost as recorded
   * @return what is wrong; null if nothing is
   */
  Fault convert(Draft touchpoint) {
    BigDecimal value = touchpoint.amount(Touchpoints.VALUE);
    BigDecimal cost = touchpoint.amount(Touchpoints.COST);
    String recorded = touchpoint.text(Touchpoints.CURRENCY);
    String named = recorded == null ? null : recorded.toUpperCase(Locale.ROOT);
    if (named == null || named.equals(currency)) {
      return either(Ranges.fault(Touchpoints.VALUE, value), Ranges.fault(Touchpoints.COST, cost));
    }
    if (value == null && cost == null) {
      return null;
    }
    Integer day = touchpoint.day(Touchpoints.EVENT_DATE);
    BigDecimal rate = rates.on(day == null ? null : LocalDate.ofEpochDay(day), named);
    if (rate == null) {
      touchpoint.set(Touchpoints.COST, null);
      if (!rates.areNone()) {
        touchpoint.set(Touchpoints.VALUE, null);
      }
      return value == null ? null : unknown(named);
    }
    touchpoint.set(Touchpoints.VALUE, converted(value, rate));
    touchpoint.set(Touchpoints.COST, converted(cost, rate));
    return either(
        beyond(Touchpoints.VALUE, value, touchpoint), beyond(Touchpoints.COST, cost, touchpoint));
  }

  private static Fault either(Fault first, Fault second) {
    return first == null ? second : first;
  }

  /** A fault where the amount, in the currency of all tables, is beyond all that is possible. */
  private static Fault beyond(String column, BigDecimal recorded, Draft touchpoint) {
    BigDecimal amount = touchpoint.amount(column);
    return recorded != null && amount == null
        ? Ranges.outside(column)
        : Ranges.fault(column, amount);
  }

  private static BigDecimal converted(BigDecimal amount, BigDecimal rate) {
    if (amount == null) {
      return null;
    }
    BigDecimal converted =
        amount.multiply(rate).setScale(ColumnTypes.MONEY.scale(), RoundingMode.HALF_UP);
    return converted.precision() <= ColumnTypes.MONEY.precision() ? converted : null;
  }

  private Fault unknown(String named) {
    // What stands there may be anything, and details are shown.
    String shown = CODE.matcher(named).matches() ? named : "what it calls currency";
    return new Fault(
        RejectionReason.UNKNOWN_CURRENCY,
        "There is no exchange rate for %s into %s on its day.".formatted(shown, currency));
  }
}
