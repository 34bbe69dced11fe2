package io.itinera.core.persona;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a feature is computed over. */
public enum FeatureTable {
  /** Aggregates over what a customer did day by day, up to as_of. */
  CUSTOMER_DAYS(CustomerDays.EVENT_DATE),

  /** Aggregates over a customer's sessions, from the day on that follows their last touchpoint. */
  SESSIONS(Sessions.EVENT_DATE),

  /** Aggregates over a customer's journeys that are over: converted or abandoned. */
  JOURNEYS(Journeys.ENDED_ON),

  /** An expression over a customer's card. */
  CUSTOMERS(null),

  /** An expression over a customer's RFM scores of the night; missing without an order. */
  RFM(null);

  private final String day;

  /**
   * @param day the day of a row; null where a customer has one row
   */
  FeatureTable(String day) {
    this.day = day;
  }

  /** As configuration has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table of that name, which must be one. */
  public static FeatureTable named(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether a customer has many rows: then features are aggregates. */
  public boolean hasDays() {
    return day != null;
  }

  /**
   * Columns that features may use: not those that, days later, say something else of the same day.
   */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(table().schema().fieldNames()));
    columns.removeAll(hidden());
    if (hasDays()) {
      columns.add(BuildFeatures.DAYS_AGO);
    }
    return List.copyOf(columns);
  }

  /** The day of a row. */
  String day() {
    return day;
  }

  private Table table() {
    return switch (this) {
      case CUSTOMER_DAYS -> CustomerDays.TABLE;
      case SESSIONS -> Sessions.TABLE;
      case JOURNEYS -> Journeys.TABLE;
      case CUSTOMERS -> Customers.TABLE;
      case RFM -> RfmScores.TABLE;
    };
  }

  private Set<String> hidden() {
    return switch (this) {
      case CUSTOMER_DAYS -> Set.of();
      case SESSIONS -> Set.of(Sessions.END_REASON);
      case JOURNEYS -> Set.of(Journeys.REFUNDED);
      case CUSTOMERS -> Set.of(Customers.IDENTIFIERS_COUNT, Customers.IS_KNOWN);
      case RFM -> Set.of(RfmScores.PREVIOUS_SEGMENT);
    };
  }
}
