package io.itinera.core.portrait;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is known of customers: their persona, their card, each of their days and journeys in a row
 * of its own, with nothing in the columns of the others; the rows of a customer one after the
 * other. Not joined: rows are sent around once.
 */
final class KnownCustomers {

  static final String CUSTOMER_ID = CustomerPersonas.CUSTOMER_ID;
  static final String TYPES = "types";
  static final String HOUR = "hour";
  static final String PATH = "path";
  static final String BREAK_OFF = "break_off";

  private KnownCustomers() {}

  static Dataset<Row> of(DrawPortraits.Sources sources, LocalDate asOf, PortraitRules rules) {
    return sources
        .personas()
        .select(CUSTOMER_ID, CustomerPersonas.PERSONA_ID)
        .unionByName(cards(sources.cards()), true)
        .unionByName(days(sources.days(), asOf, rules), true)
        .unionByName(journeys(sources.journeys(), asOf, rules), true)
        .repartition(col(CUSTOMER_ID))
        .sortWithinPartitions(CUSTOMER_ID);
  }

  private static Dataset<Row> cards(Dataset<Row> customers) {
    return customers.select(
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
        Customers.COUNTRY);
  }

  private static Dataset<Row> days(Dataset<Row> days, LocalDate asOf, PortraitRules rules) {
    Column types =
        udf(new TypeBits(rules), DataTypes.LongType).apply(map_keys(col(CustomerDays.TYPES)));
    return days.where(isInWindow(col(CustomerDays.EVENT_DATE), asOf, rules))
        .select(
            col(CustomerDays.CUSTOMER_ID),
            coalesce(types, lit(0L)).as(TYPES),
            hour(from_utc_timestamp(col(CustomerDays.FIRST_AT), rules.timeZone().getId()))
                .as(HOUR));
  }

  private static Dataset<Row> journeys(Dataset<Row> journeys, LocalDate asOf, PortraitRules rules) {
    Column isAbandoned = col(Journeys.OUTCOME).equalTo(JourneyOutcome.ABANDONED.text());
    return journeys
        .where(isInWindow(col(Journeys.ENDED_ON), asOf, rules))
        .where(col(Journeys.CUSTOMER_ID).isNotNull().and(col(Journeys.PATH_TEXT).isNotNull()))
        .where(size(col(Journeys.PATH)).gt(0))
        .select(
            col(Journeys.CUSTOMER_ID),
            col(Journeys.PATH_TEXT).as(PATH),
            when(isAbandoned, element_at(col(Journeys.PATH), -1)).as(BREAK_OFF));
  }

  private static Column isInWindow(Column day, LocalDate asOf, PortraitRules rules) {
    Date first = Date.valueOf(asOf.minusDays(rules.windowDays() - 1L));
    return day.between(lit(first), lit(Date.valueOf(asOf)));
  }
}
