package io.itinera.core.raw;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What other currencies were worth on which day.
 *
 * @param rates currency to day to units of {@code itinera.currency} for one of its own
 * @param maxAgeDays a rate holds on the days behind it, until the next or for so many days
 */
public record ExchangeRates(
    Map<String, NavigableMap<LocalDate, BigDecimal>> rates, int maxAgeDays) {

  /** Column: ISO 4217 code. */
  static final String CURRENCY = "rate_currency";

  /** Column: calendar day. */
  static final String DAY = "rate_day";

  /** Column: the rate. */
  static final String RATE = "rate";

  /** Columns of {@link #daily}. */
  public static final StructType SCHEMA =
      new StructType()
          .add(CURRENCY, DataTypes.StringType)
          .add(DAY, DataTypes.DateType)
          .add(RATE, DataTypes.createDecimalType(18, 8));

  public ExchangeRates {
    rates = new TreeMap<>(rates);
    if (maxAgeDays < 0) {
      throw new IllegalArgumentException("max-age must not be negative, was " + maxAgeDays);
    }
  }

  /** One row of {@link #SCHEMA} per currency and day on which a rate holds. */
  public List<Row> daily() {
    List<Row> rows = new ArrayList<>();
    rates.forEach(
        (currency, days) ->
            days.forEach(
                (day, rate) -> {
                  LocalDate next = days.higherKey(day);
                  LocalDate last = day.plusDays(maxAgeDays);
                  for (LocalDate on = day;
                      !on.isAfter(last) && (next == null || on.isBefore(next));
                      on = on.plusDays(1)) {
                    rows.add(RowFactory.create(currency, Date.valueOf(on), rate));
                  }
                }));
    return rows;
  }
}
