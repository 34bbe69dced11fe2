package io.itinera.core.portrait;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.size;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Cards, days and journeys to traits of customers: rows of {@link Traits#SCHEMA}, some of them
 * equal.
 */
final class ReadTraits {

  private static final int DECADE = 10;
  private static final int ADULT = 18;

  private ReadTraits() {}

  /** Of rows of {@link Customers}: what they prefer, and who they are. */
  static Dataset<Row> ofCards(Dataset<Row> customers) {
    return flat(
        customers.select(
            Customers.CUSTOMER_ID,
            Customers.FAVOURITE_CHANNEL,
            Customers.FAVOURITE_DEVICE,
            Customers.FAVOURITE_CATEGORY,
            Customers.FAVOURITE_PRODUCT_ID,
            Customers.FAVOURITE_WEEKDAY,
            Customers.FAVOURITE_MONTH,
            Customers.STAGE,
            Customers.AGE_YEARS,
            Customers.GENDER,
            Customers.CITY,
            Customers.COUNTRY),
        ReadTraits::ofCard);
  }

  private static List<Row> ofCard(Row card) {
    return new Traits(card.getString(0))
        .one(Aspect.CHANNEL, card.get(1))
        .one(Aspect.DEVICE, card.get(2))
        .one(Aspect.CATEGORY, card.get(3))
        .one(Aspect.PRODUCT, card.get(4))
        .one(Aspect.WEEKDAY, card.get(5))
        .one(Aspect.MONTH, card.get(6))
        .one(Aspect.STAGE, card.get(7))
        .one(Aspect.AGE, card.isNullAt(8) ? null : decade(card.getInt(8)))
        .one(Aspect.GENDER, card.get(9))
        .one(Aspect.CITY, card.get(10))
        .one(Aspect.COUNTRY, card.get(11))
        .rows();
  }

  /** Ten years of life; those under age are told apart from those of age. */
  static String decade(int years) {
    if (years < ADULT) {
      return "0-" + (ADULT - 1);
    }
    int from = years / DECADE * DECADE;
    return Math.max(from, ADULT) + "-" + (from + DECADE - 1);
  }

  /** Of rows of {@link CustomerDays}: what they come for, what goes wrong, and when. */
  static Dataset<Row> ofDays(Dataset<Row> days, LocalDate asOf, PortraitRules rules) {
    return flat(
        days.where(isInWindow(col(CustomerDays.EVENT_DATE), asOf, rules))
            .select(
                col(CustomerDays.CUSTOMER_ID),
                map_keys(col(CustomerDays.TYPES)),
                hour(col(CustomerDays.FIRST_AT))),
        day -> ofDay(day, rules));
  }

  private static List<Row> ofDay(Row day, PortraitRules rules) {
    List<String> types = day.isNullAt(1) ? List.of() : day.getList(1);
    return new Traits(day.getString(0))
        .all(Aspect.GOAL, types.stream().filter(rules.goals()::contains).toList())
        .all(Aspect.FRUSTRATION, types.stream().filter(rules.frustrations()::contains).toList())
        .one(Aspect.HOUR, day.isNullAt(2) ? null : "%02d".formatted(day.getInt(2)))
        .rows();
  }

  /** Of rows of {@link Journeys}: their paths, and where abandoned ones ended. */
  static Dataset<Row> ofJourneys(Dataset<Row> journeys, LocalDate asOf, PortraitRules rules) {
    return flat(
        journeys
            .where(isInWindow(col(Journeys.ENDED_ON), asOf, rules))
            .where(col(Journeys.CUSTOMER_ID).isNotNull().and(size(col(Journeys.PATH)).gt(0)))
            .select(Journeys.CUSTOMER_ID, Journeys.OUTCOME, Journeys.PATH, Journeys.PATH_TEXT),
        ReadTraits::ofJourney);
  }

  private static List<Row> ofJourney(Row journey) {
    Traits traits = new Traits(journey.getString(0)).one(Aspect.JOURNEY, journey.get(3));
    if (JourneyOutcome.ABANDONED.text().equals(journey.getString(1))) {
      List<String> path = journey.getList(2);
      traits.one(Aspect.BREAK_OFF, path.get(path.size() - 1));
    }
    return traits.rows();
  }

  private static Column isInWindow(Column day, LocalDate asOf, PortraitRules rules) {
    Date first = Date.valueOf(asOf.minusDays(rules.windowDays() - 1L));
    return day.between(lit(first), lit(Date.valueOf(asOf)));
  }

  private static Dataset<Row> flat(Dataset<Row> rows, TraitsOf traits) {
    FlatMapFunction<Row, Row> each = row -> traits.of(row).iterator();
    return rows.flatMap(each, Encoders.row(Traits.SCHEMA));
  }

  /** What a row tells of its customer. */
  private interface TraitsOf extends java.io.Serializable {
    List<Row> of(Row row);
  }
}
