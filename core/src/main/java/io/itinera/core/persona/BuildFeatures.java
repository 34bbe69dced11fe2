package io.itinera.core.persona;

import static io.itinera.core.table.CustomerFeatures.AS_OF;
import static io.itinera.core.table.CustomerFeatures.CUSTOMER_ID;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.Customers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  private static final String USUAL = "usual_";
  private static final String EXACT = "decimal(28,6)";
  private static final double LARGEST = 1e14;

  private BuildFeatures() {}

  /**
   * Evaluates every feature over each customer's days in the window.
   *
   * <p>Customers with at least one touchpoint take part, also those without one in the window: all
   * their features are missing. So is a feature that is null, not a number or infinite. What is
   * missing is the number of {@link FeatureUse#ifMissing()}, of {@link FeatureUse#usualIfMissing()}
   * the mean of who has it, and of all others 0. One beyond ±10<sup>14</sup>, the border of sums of
   * money, counts as that. An expression should sum whole numbers and decimals and divide the sums:
   * an average of doubles depends, in its last digits, on the order in which rows arrive.
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

    Set<String> filled = new TreeSet<>(rules.use().usualIfMissing());
    filled.retainAll(rules.features().keySet());
    filled.removeAll(rules.use().ifMissing().keySet());
    Dataset<Row> known = filled.isEmpty() ? measured : measured.transform(HoldRows::of);
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(lit(asOf).as(AS_OF));
    rules
        .features()
        .forEach(
            (name, sql) ->
                columns.add(
                    finite(name, filled.contains(name) ? col(USUAL + name) : missing(name, rules))
                        .as(name, explainedBy("never null; " + sql))));
    Dataset<Row> everybody =
        customers
            .where(col(Customers.TOUCHPOINTS_COUNT).gt(0))
            .select(CUSTOMER_ID)
            .join(known, new String[] {CUSTOMER_ID}, "left");
    Dataset<Row> features =
        besideUsual(everybody, known, filled).select(columns.toArray(Column[]::new));
    return CustomerFeatures.table(rules.features().keySet()).conform(features);
  }

  private static Column missing(String name, PersonaRules rules) {
    return lit(rules.use().ifMissing().getOrDefault(name, 0.0));
  }

  private static Metadata explainedBy(String comment) {
    return new MetadataBuilder().putString("comment", comment).build();
  }

  /** Beside every row what each of these features usually is, added up in any order alike. */
  private static Dataset<Row> besideUsual(
      Dataset<Row> rows, Dataset<Row> measured, Set<String> features) {
    if (features.isEmpty()) {
      return rows;
    }
    List<Column> means = new ArrayList<>();
    for (String name : features) {
      Column mean = avg(finite(name, lit(null)).cast(EXACT)).cast("double");
      means.add(coalesce(mean, lit(0.0)).as(USUAL + name));
    }
    return rows.crossJoin(
        broadcast(
            measured.agg(means.get(0), means.subList(1, means.size()).toArray(Column[]::new))));
  }

  /** The feature where it is a finite number, else {@code missing}; never a negative zero. */
  private static Column finite(String name, Column missing) {
    Column value = col(QUOTED.formatted(name));
    Column isFinite = abs(value).leq(Double.MAX_VALUE);
    return when(value.equalTo(0), lit(0.0))
        .when(isFinite, greatest(lit(-LARGEST), least(lit(LARGEST), value)))
        .otherwise(missing);
  }
}
