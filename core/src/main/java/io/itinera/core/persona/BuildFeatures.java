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
import java.util.Map;
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
   * Evaluates features that are all over {@code customer_days}.
   *
   * @param customers rows of {@link Customers}
   * @param customerDays rows of {@link CustomerDays}
   * @return rows of {@link CustomerFeatures#table} of the night {@code asOf}
   */
  public static Dataset<Row> features(
      Dataset<Row> customers, Dataset<Row> customerDays, LocalDate asOf, PersonaRules rules) {
    return features(
        new FeatureRows(customers, Map.of(FeatureTable.CUSTOMER_DAYS, customerDays)), asOf, rules);
  }

  /**
   * Evaluates every feature over each customer's rows in the window, or the one row that there is.
   *
   * <p>Customers with at least one touchpoint take part, also those without one in the window: all
   * their features are missing. So is a feature that is null, not a number or infinite. What is
   * missing is the number of {@link FeatureUse#ifMissing()}, of {@link FeatureUse#usualIfMissing()}
   * the mean of who has it, and of all others 0. One beyond ±10<sup>14</sup>, the border of sums of
   * money, counts as that. An expression should sum whole numbers and decimals and divide the sums:
   * an average of doubles depends, in its last digits, on the order in which rows arrive.
   *
   * @param rows where a customer has many, those of the {@link PersonaRules#windowDays()} days that
   *     end with {@code asOf} count
   * @return rows of {@link CustomerFeatures#table} of the night {@code asOf}
   */
  public static Dataset<Row> features(FeatureRows rows, LocalDate asOf, PersonaRules rules) {
    Set<String> filled = new TreeSet<>(rules.use().usualIfMissing());
    filled.retainAll(rules.features().keySet());
    filled.removeAll(rules.use().ifMissing().keySet());
    Dataset<Row> everybody =
        rows.customers().where(col(Customers.TOUCHPOINTS_COUNT).gt(0)).select(CUSTOMER_ID);
    for (FeatureTable table : rules.tables()) {
      Set<String> usual = new TreeSet<>(rules.over(table).keySet());
      usual.retainAll(filled);
      Dataset<Row> measured = measured(rows.tables().get(table), table, asOf, rules);
      Dataset<Row> known = usual.isEmpty() ? measured : measured.transform(HoldRows::of);
      everybody =
          besideUsual(everybody.join(known, new String[] {CUSTOMER_ID}, "left"), known, usual);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(lit(asOf).as(AS_OF));
    rules
        .features()
        .forEach(
            (name, feature) ->
                columns.add(
                    finite(name, filled.contains(name) ? col(USUAL + name) : missing(name, rules))
                        .as(name, explainedBy("never null; " + feature.comment()))));
    return CustomerFeatures.table(rules.features().keySet())
        .conform(everybody.select(columns.toArray(Column[]::new)));
  }

  /** The features over one table: a row per customer who is in it. */
  private static Dataset<Row> measured(
      Dataset<Row> rows, FeatureTable table, LocalDate asOf, PersonaRules rules) {
    List<Column> features = new ArrayList<>();
    rules
        .over(table)
        .forEach(
            (name, feature) ->
                features.add(PatternFunctions.expr(feature.sql()).cast("double").as(name)));
    Dataset<Row> owned = rows.where(col(CUSTOMER_ID).isNotNull());
    if (!table.hasDays()) {
      Dataset<Row> present =
          table == FeatureTable.CUSTOMERS
              ? owned.where(col(Customers.TOUCHPOINTS_COUNT).gt(0))
              : owned;
      features.add(0, col(CUSTOMER_ID));
      return present.select(features.toArray(Column[]::new));
    }
    return owned
        .withColumn(DAYS_AGO, datediff(lit(asOf), col(table.day())))
        .where(col(DAYS_AGO).between(0, rules.windowDays() - 1))
        .groupBy(CUSTOMER_ID)
        .agg(features.get(0), features.subList(1, features.size()).toArray(Column[]::new));
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
