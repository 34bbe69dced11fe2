package io.itinera.core.persona;

import static io.itinera.core.persona.PersonaModel.CLUSTER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures every cluster over all its customers, in one pass and exactly.
 *
 * <p>Sums are of decimals with six digits after the point, so that they do not depend on the order
 * of rows.
 */
final class MeasurePersonas {

  private static final String EXACT = "decimal(28,6)";

  // From here on a double has no digits after the point, and its square too many before it.
  private static final double WHOLE_FROM = 1e16;
  private static final String WHOLE = "decimal(38,0)";
  private static final String SUM = "sum_%d";
  private static final String SQUARES = "squares_%d";
  private static final String LARGE_SQUARES = "large_squares_%d";
  private static final String HITS = "hits_%d";
  private static final String CUSTOMERS = "customers";
  private static final int EVERYBODY = -1;
  private static final MathContext PRECISION = new MathContext(50);

  private MeasurePersonas() {}

  /**
   * What there is to say about a group of customers.
   *
   * @param cluster number of its centre; −1 for everybody
   * @param customers how many they are
   * @param means feature to mean, in its own units
   * @param deviations feature to standard deviation
   * @param ruleHits cluster to how many of these customers fulfil its rule
   */
  record Measures(
      int cluster,
      long customers,
      Map<String, Double> means,
      Map<String, Double> deviations,
      Map<Integer, Long> ruleHits) {}

  /**
   * All groups of a night.
   *
   * @param clusters those that have customers, largest first
   * @param everybody all customers together
   */
  record Population(List<Measures> clusters, Measures everybody) {

    /** F1 of a cluster's rule: harmonic mean of its precision and recall. */
    double fidelity(Measures cluster) {
      double hits = cluster.ruleHits().get(cluster.cluster());
      double predicted = everybody.ruleHits().get(cluster.cluster());
      return 2 * hits / (predicted + cluster.customers());
    }
  }

  /**
   * Measures all groups.
   *
   * @param assigned one row per customer: the features and the cluster
   */
  static Population population(Dataset<Row> assigned, PersonaModel model) {
    List<Row> sums = sums(assigned, model).collectAsList();
    List<Measures> measures = new ArrayList<>();
    for (Row row : sums) {
      measures.add(measures(row.getInt(row.fieldIndex(CLUSTER)), List.of(row), model));
    }
    measures.sort(
        Comparator.comparingLong(Measures::customers).reversed().thenComparing(Measures::cluster));
    return new Population(List.copyOf(measures), measures(EVERYBODY, sums, model));
  }

  private static Dataset<Row> sums(Dataset<Row> assigned, PersonaModel model) {
    List<Column> sums = new ArrayList<>();
    for (int i = 0; i < model.scaling().features().size(); i++) {
      Column value = col("`" + model.scaling().features().get(i) + "`");
      sums.add(sum(value.cast(EXACT)).as(SUM.formatted(i)));
      Column square = value.multiply(value);
      Column isWhole = square.geq(WHOLE_FROM);
      sums.add(sum(when(not(isWhole), square.cast(EXACT))).as(SQUARES.formatted(i)));
      sums.add(sum(when(isWhole, square.cast(WHOLE))).as(LARGE_SQUARES.formatted(i)));
    }
    model
        .rules()
        .forEach((cluster, rule) -> sums.add(count_if(expr(rule)).as(HITS.formatted(cluster))));
    return assigned.groupBy(CLUSTER).agg(count(lit(1)).as(CUSTOMERS), sums.toArray(Column[]::new));
  }

  private static Measures measures(int cluster, List<Row> sums, PersonaModel model) {
    long customers = sums.stream().mapToLong(row -> row.<Long>getAs(CUSTOMERS)).sum();
    Map<String, Double> means = new TreeMap<>();
    Map<String, Double> deviations = new TreeMap<>();
    for (int i = 0; i < model.scaling().features().size(); i++) {
      BigDecimal mean = total(sums, SUM.formatted(i)).divide(of(customers), PRECISION);
      BigDecimal square =
          total(sums, SQUARES.formatted(i))
              .add(total(sums, LARGE_SQUARES.formatted(i)))
              .divide(of(customers), PRECISION);
      BigDecimal variance = square.subtract(mean.multiply(mean)).max(BigDecimal.ZERO);
      means.put(model.scaling().features().get(i), mean.doubleValue());
      deviations.put(model.scaling().features().get(i), Math.sqrt(variance.doubleValue()));
    }
    Map<Integer, Long> hits = new TreeMap<>();
    for (int rule : model.rules().keySet()) {
      String column = HITS.formatted(rule);
      hits.put(rule, sums.stream().mapToLong(row -> row.<Long>getAs(column)).sum());
    }
    return new Measures(cluster, customers, means, deviations, hits);
  }

  private static BigDecimal total(List<Row> sums, String column) {
    return sums.stream()
        .map(row -> row.<BigDecimal>getAs(column))
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal of(long customers) {
    return BigDecimal.valueOf(customers);
  }
}
