package io.itinera.core.comparison;

import io.itinera.core.comparison.SegmentMeasures.Compared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Says what differs between two segments, and how certain that is. */
public final class CompareSegments {

  /** The most certain difference first; what is called different has a corrected chance below. */
  public static final StructType SCHEMA =
      new StructType()
          .add("part", DataTypes.StringType)
          .add("measure", DataTypes.StringType)
          .add("customers_a", DataTypes.LongType)
          .add("customers_b", DataTypes.LongType)
          .add("value_a", DataTypes.DoubleType)
          .add("value_b", DataTypes.DoubleType)
          .add("difference", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("p_value", DataTypes.DoubleType)
          .add("corrected_p", DataTypes.DoubleType)
          .add("differs", DataTypes.BooleanType);

  private CompareSegments() {}

  private record Told(Compared compared, Difference difference) {}

  /** Rows of {@link #SCHEMA}, one for each thing that both segments have enough customers for. */
  public static List<Row> compared(SegmentMeasures measures, ComparisonRules rules) {
    List<Told> told =
        measures.compared().stream()
            .filter(compared -> isEnough(compared, rules))
            .map(
                compared ->
                    new Told(
                        compared,
                        Difference.of(compared.first(), compared.second(), rules.confidence())))
            .toList();
    double[] corrected =
        rules
            .correction()
            .corrected(told.stream().mapToDouble(each -> each.difference().pValue()).toArray());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      rows.add(row(told.get(i), corrected[i], rules));
    }
    rows.sort(
        Comparator.<Row>comparingDouble(row -> row.getDouble(10))
            .thenComparingDouble(row -> row.getDouble(9))
            .thenComparing(row -> row.getString(0))
            .thenComparing(row -> row.getString(1)));
    return rows;
  }

  private static boolean isEnough(Compared compared, ComparisonRules rules) {
    long seen = Stream.of(compared.first(), compared.second()).mapToLong(CustomerSums::seen).sum();
    return seen >= rules.leastSeen()
        && Stream.of(compared.first(), compared.second())
            .allMatch(
                segment ->
                    segment.customers() >= rules.leastCustomers() && segment.m().signum() != 0);
  }

  private static Row row(Told told, double corrected, ComparisonRules rules) {
    Compared compared = told.compared();
    CustomerSums first = compared.first();
    CustomerSums second = compared.second();
    Difference difference = told.difference();
    return RowFactory.create(
        compared.part(),
        compared.measure(),
        first.customers(),
        second.customers(),
        first.value() / compared.unit(),
        second.value() / compared.unit(),
        difference.size() / compared.unit(),
        difference.low() / compared.unit(),
        difference.high() / compared.unit(),
        difference.pValue(),
        corrected,
        corrected <= 1 - rules.confidence());
  }
}
