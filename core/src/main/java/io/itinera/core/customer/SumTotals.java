package io.itinera.core.customer;

import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.Money;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up the days of each customer. */
public final class SumTotals {

  private SumTotals() {}

  /**
   * One row per customer.
   *
   * @param days all rows of {@link CustomerDays} of the customers
   * @return rows of {@link CustomerTotals}
   */
  public static Dataset<Row> totals(Dataset<Row> days) {
    Dataset<Row> inTurn =
        days.select(TotalsInTurn.COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new))
            .repartition(col(CUSTOMER_ID))
            .sortWithinPartitions(CUSTOMER_ID);
    return CustomerTotals.TABLE.conform(
        FoldInTurn.rows(inTurn, new TotalsInTurn(), TotalsInTurn.SUMMED, TotalsInTurn.COLUMNS)
            .withColumn(CustomerTotals.ORDER_VALUE, Money.of(col(CustomerTotals.ORDER_VALUE)))
            .withColumn(CustomerTotals.REFUND_VALUE, Money.of(col(CustomerTotals.REFUND_VALUE))));
  }
}
