package io.itinera.core.comparison;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.comparison.SegmentMeasures.Measured;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Measures what customers of two segments did, by one pass over their journeys. */
public final class MeasureSegments {

  /** Whether a customer is of the first segment; those of neither are not there. */
  public static final String IS_FIRST = "is_first";

  private static final String OTHER = "_other";

  private MeasureSegments() {}

  /**
   * Measures both segments.
   *
   * @param members {@link Customers#CUSTOMER_ID} and {@link #IS_FIRST}, each customer once
   * @param journeys rows of {@link Journeys}
   * @param days those of {@code as_of}'s window: only journeys that ended on one count
   */
  public static SegmentMeasures measured(
      Dataset<Row> members, Dataset<Row> journeys, Days days, ComparisonRules rules) {
    List<Row> counted =
        members
            .join(ended(journeys, days), customerOf(members, journeys), "left")
            .select(
                members.col(Customers.CUSTOMER_ID),
                col(IS_FIRST),
                col(Journeys.OUTCOME),
                units(Journeys.REVENUE),
                units(Journeys.REFUNDED),
                col(Journeys.TOUCHPOINTS_COUNT),
                col(Journeys.SESSIONS_COUNT),
                micros(Journeys.ENDED_AT).minus(micros(Journeys.STARTED_AT)).as(SumSegments.MICROS),
                col(Journeys.HAD_COMPLAINT),
                col(Journeys.HAD_CONTACT_CENTRE),
                col(Journeys.PATH))
            .repartition(members.col(Customers.CUSTOMER_ID))
            .sortWithinPartitions(members.col(Customers.CUSTOMER_ID))
            .mapPartitions(new SumSegments(rules.mostSteps()), Encoders.row(SumSegments.SCHEMA))
            .groupBy(SumSegments.KIND, SumSegments.FROM, SumSegments.TO)
            .agg(sums(true).get(0), rest())
            .where(seen().geq(rules.leastSeen()))
            .collectAsList();
    return measures(counted);
  }

  /**
   * Some days.
   *
   * @param first the first of them
   * @param last the last
   */
  public record Days(LocalDate first, LocalDate last) {}

  private static Dataset<Row> ended(Dataset<Row> journeys, Days days) {
    return journeys.where(
        col(Journeys.ENDED_ON)
            .geq(lit(days.first()))
            .and(col(Journeys.ENDED_ON).leq(lit(days.last()))));
  }

  private static Column customerOf(Dataset<Row> members, Dataset<Row> journeys) {
    return members.col(Customers.CUSTOMER_ID).equalTo(journeys.col(Journeys.CUSTOMER_ID));
  }

  private static Column micros(String instant) {
    return unix_micros(col(instant));
  }

  /** Money in its smallest unit. */
  private static Column units(String money) {
    return col(money).multiply(lit(SumSegments.UNITS)).cast("long").as(money);
  }

  private static List<Column> sums(boolean isFirst) {
    List<Column> sums = new ArrayList<>();
    Column isOfSegment = col(IS_FIRST).equalTo(isFirst);
    for (String name : SumSegments.SUMS) {
      sums.add(sum(when(isOfSegment, col(name))).as(isFirst ? name : name + OTHER));
    }
    return sums;
  }

  private static Column[] rest() {
    List<Column> rest = new ArrayList<>(sums(true).subList(1, SumSegments.SUMS.size()));
    rest.addAll(sums(false));
    return rest.toArray(Column[]::new);
  }

  private static Column seen() {
    return coalesce(col(SumSegments.SEEN), lit(0))
        .plus(coalesce(col(SumSegments.SEEN + OTHER), lit(0)));
  }

  private static SegmentMeasures measures(List<Row> rows) {
    Map<Measured, CustomerSums[]> found = new HashMap<>();
    for (Row row : rows) {
      found.put(
          new Measured(row.getString(0), row.getString(1), row.getString(2)),
          new CustomerSums[] {sums(row, 3), sums(row, 3 + SumSegments.SUMS.size())});
    }
    return new SegmentMeasures(found);
  }

  private static CustomerSums sums(Row row, int first) {
    BigInteger[] values = new BigInteger[SumSegments.SUMS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          row.isNullAt(first + i) ? BigInteger.ZERO : row.getDecimal(first + i).toBigIntegerExact();
    }
    return new CustomerSums(
        values[0].longValueExact(),
        values[1].longValueExact(),
        values[2],
        values[3],
        values[4],
        values[5],
        values[6]);
  }
}
