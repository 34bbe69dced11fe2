package io.itinera.core.verify;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sets the money of journeys beside that of customers: what was bought less what came back.
 *
 * <p>Sums are the same whether all rows are summed up, or, where they were the same before, only
 * rows that came and rows that went, the latter with a minus. A row that was merely written anew
 * comes and goes.
 */
public final class CompareMoney {

  /** Column of the inputs: 1 for a row that is there or came, −1 for one that went. */
  public static final String CHANGE = "_change";

  /** Column: the money of all journeys. */
  public static final String OF_JOURNEYS = "of_journeys";

  /** Column: the money of all cards. */
  public static final String OF_CUSTOMERS = "of_customers";

  /** Column: customers whose journeys brought another sum than their days. */
  public static final String UNLIKE_COUNT = "unlike_count";

  private static final String OF_DAYS = "of_days";

  private CompareMoney() {}

  /**
   * One row with the sums.
   *
   * @param journeys rows of {@link Journeys} with {@link #CHANGE}
   * @param days rows of {@link CustomerDays}, of which cards are made, likewise
   * @param cards rows of {@link Customers}, likewise; customer by customer their days are compared,
   *     of which fewer change
   * @return {@link #OF_JOURNEYS}, {@link #OF_CUSTOMERS}, {@link #UNLIKE_COUNT}
   */
  public static Dataset<Row> sums(Dataset<Row> journeys, Dataset<Row> days, Dataset<Row> cards) {
    Column none = lit(0).cast(ColumnTypes.MONEY);
    Column brought = col(Journeys.REVENUE).minus(coalesce(col(Journeys.REFUNDED), none));
    Column spent = col(CustomerDays.ORDER_VALUE).plus(col(CustomerDays.REFUND_VALUE));
    Column nobody = lit(null).cast("string");
    Dataset<Row> all =
        money(journeys, col(Journeys.CUSTOMER_ID), brought, OF_JOURNEYS)
            .unionByName(money(days, col(CustomerDays.CUSTOMER_ID), spent, OF_DAYS), true)
            .unionByName(money(cards, nobody, col(Customers.REVENUE), OF_CUSTOMERS), true);
    Column isUnlike =
        col(Journeys.CUSTOMER_ID).isNotNull().and(col(OF_JOURNEYS).notEqual(col(OF_DAYS)));
    return all.groupBy(Journeys.CUSTOMER_ID)
        .agg(
            summed(OF_JOURNEYS).as(OF_JOURNEYS),
            summed(OF_DAYS).as(OF_DAYS),
            summed(OF_CUSTOMERS).as(OF_CUSTOMERS))
        .agg(
            summed(OF_JOURNEYS).as(OF_JOURNEYS),
            summed(OF_CUSTOMERS).as(OF_CUSTOMERS),
            count_if(isUnlike).as(UNLIKE_COUNT));
  }

  private static Dataset<Row> money(Dataset<Row> rows, Column customer, Column money, String name) {
    Column signed = when(col(CHANGE).lt(0), negate(money)).otherwise(money);
    return rows.select(customer.as(Journeys.CUSTOMER_ID), signed.as(name));
  }

  private static Column summed(String column) {
    return Money.of(coalesce(sum(column), lit(0)));
  }
}
