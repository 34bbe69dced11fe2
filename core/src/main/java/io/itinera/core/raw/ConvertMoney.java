package io.itinera.core.raw;

import static io.itinera.core.raw.MapRecords.fault;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Touchpoints;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Turns amounts in other currencies into the one of all tables. */
final class ConvertMoney {

  /** What is wrong with the record's money: null or a struct of reason and detail. */
  static final String FAULT = "money_fault";

  private static final SafePattern CODE = SafePattern.of("^[A-Z]{3}$");

  private ConvertMoney() {}

  /**
   * Converts value and cost at the rate of the touchpoint's day; the column {@code currency} stays
   * as recorded. A value in a currency that has no rate for that day is at fault; such a cost is
   * unknown.
   */
  static Dataset<Row> convert(Dataset<Row> touchpoints, RawRules rules) {
    Column currency = upper(col(Touchpoints.CURRENCY));
    Column isForeign = coalesce(currency.notEqual(lit(rules.currency())), lit(false));
    Column changedHands = isForeign.and(col(Touchpoints.VALUE).isNotNull());
    // What stands there may be anything, and details are shown.
    Column named = when(CODE.isIn(currency), currency).otherwise("what it calls currency");
    Column detail =
        concat(
            lit("There is no exchange rate for "),
            named,
            lit(" into " + rules.currency() + " on its day."));
    if (rules.rates().isEmpty()) {
      return touchpoints
          .withColumn(Touchpoints.COST, when(not(isForeign), col(Touchpoints.COST)))
          .withColumn(
              FAULT,
              coalesce(
                  fault(changedHands, "unknown-currency", detail),
                  beyond(Touchpoints.VALUE, lit(true), col(Touchpoints.VALUE)),
                  beyond(Touchpoints.COST, lit(true), col(Touchpoints.COST))));
    }
    Dataset<Row> rates = broadcast(rules.rates().get());
    Column isRate =
        currency
            .equalTo(col(ExchangeRates.CURRENCY))
            .and(col(Touchpoints.EVENT_DATE).equalTo(col(ExchangeRates.DAY)));
    Column rate = col(ExchangeRates.RATE);
    Column isKnown = not(isForeign).or(rate.isNotNull());
    Column value = converted(Touchpoints.VALUE, isForeign, rate);
    Column cost = converted(Touchpoints.COST, isForeign, rate);
    return touchpoints
        .join(rates, isRate, "left")
        .withColumn(
            FAULT,
            coalesce(
                fault(changedHands.and(rate.isNull()), "unknown-currency", detail),
                beyond(Touchpoints.VALUE, isKnown, value),
                beyond(Touchpoints.COST, isKnown, cost)))
        .withColumns(Map.of(Touchpoints.VALUE, value, Touchpoints.COST, cost))
        .drop(ExchangeRates.CURRENCY, ExchangeRates.DAY, ExchangeRates.RATE);
  }

  /** A fault where the amount, in the currency of all tables, is beyond all that is possible. */
  private static Column beyond(String name, Column isKnown, Column amount) {
    Column overflows = isKnown.and(col(name).isNotNull()).and(amount.isNull());
    return Ranges.fault(name, when(overflows, Double.NaN).otherwise(amount.cast("double")));
  }

  private static Column converted(String name, Column isForeign, Column rate) {
    return when(isForeign, col(name).multiply(rate).try_cast(ColumnTypes.MONEY))
        .otherwise(col(name));
  }
}
