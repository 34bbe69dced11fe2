package io.itinera.core.persona;

import static io.itinera.core.table.CustomerFeatures.AS_OF;
import static io.itinera.core.table.CustomerFeatures.CUSTOMER_ID;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.Customers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/** Builds the numbers that personas are found from. */
public final class BuildFeatures {

  /** Column that feature expressions may use: days from a row's day to as_of, 0 on as_of. */
  public static final String DAYS_AGO = "days_ago";

  private static final String QUOTED = "`%s`";
  private static final double LARGEST = 1e14;

  private BuildFeatures() {}

  /**
   * Evaluates every feature over each customer's days in the window.
   *
   * <p>Customers with at least one touchpoint take part, also those without one in the window: all
   * their features are 0. So is a feature that is null, not a number or infinite; one beyond
   * ±10<sup>14</sup>, the border of sums of money, counts as that. An expression should sum whole
   * numbers and decimals and divide the sums: an average of doubles depends, in its last digits, on
   * the order in which rows arrive.
   *
   * @param customers rows of {@link Customers}
   * @param customerDays rows of {@link CustomerDays}; the {@link PersonaRules#windowDays()} days
   *     that end with {@code asOf} count
   * @return rows of {@link CustomerFeatures#table} of the night {@code asOf}
   */
  public static Dataset<Row> features(
      Dataset<Row> customers, Dataset<Row> customerDays, LocalDate asOf, PersonaRules rules) {
    Column daysAgo = datediff(lit(asOf), col(CustomerDays.EVENT_DATE));
    List<Column> aggregates = new ArrayList<>();
    rules
        .features()
        .forEach((name, sql) -> aggregates.add(PatternFunctions.expr(sql).cast("double").as(name)));

    Dataset<Row> measured =
        customerDays
            .withColumn(DAYS_AGO, daysAgo)
            .where(col(DAYS_AGO).between(0, rules.windowDays() - 1))
            .groupBy(CUSTOMER_ID)
            .agg(
                aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));

    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(lit(asOf).as(AS_OF));
    rules
        .features()
        .forEach(
            (name, sql) -> columns.add(finite(name).as(name, explainedBy("never null; " + sql))));
    Dataset<Row> features =
        customers
            .where(col(Customers.TOUCHPOINTS_COUNT).gt(0))
            .select(CUSTOMER_ID)
            .join(measured, new String[] {CUSTOMER_ID}, "left")
            .select(columns.toArray(Column[]::new));
    return CustomerFeatures.table(rules.features().keySet()).conform(features);
  }

  private static Metadata explainedBy(String comment) {
    return new MetadataBuilder().putString("comment", comment).build();
  }

  /** The feature where it is a finite number, else 0; never a negative zero. */
  private static Column finite(String name) {
    Column value = col(QUOTED.formatted(name));
    Column isFinite = abs(value).leq(Double.MAX_VALUE).and(value.notEqual(0));
    return when(isFinite, greatest(lit(-LARGEST), least(lit(LARGEST), value))).otherwise(lit(0.0));
  }
}
