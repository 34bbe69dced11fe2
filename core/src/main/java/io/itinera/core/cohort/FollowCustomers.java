package io.itinera.core.cohort;

import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static io.itinera.core.table.CustomerDays.EVENT_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;

import io.itinera.core.table.CustomerDays;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Follows all customers, by one Spark job for cohorts and weeks. */
public final class FollowCustomers {

  private FollowCustomers() {}

  /**
   * Counts who began when, and who came, stayed, came back and went.
   *
   * <p>A customer is in the cohort of the week or month of the first touchpoint, or order; who has
   * none by {@code asOf}, in none. Active in a period is who has a touchpoint in it.
   *
   * @param days rows of {@link CustomerDays}; those after {@code asOf} do not count
   */
  public static RetentionReport report(Dataset<Row> days, LocalDate asOf, CohortRules rules) {
    Column[] sums =
        IntStream.range(0, RetentionCounts.NUMBERS)
            .mapToObj(number -> TallyRetention.NUMBER + number)
            .map(name -> sum(name).as(name))
            .toArray(Column[]::new);
    Dataset<Row> counts =
        days.where(col(EVENT_DATE).leq(lit(Date.valueOf(asOf))))
            .select(
                col(CUSTOMER_ID),
                unix_date(col(EVENT_DATE)),
                col(CustomerDays.ORDERS_COUNT),
                col(CustomerDays.ORDER_VALUE).plus(col(CustomerDays.REFUND_VALUE)))
            .toDF(CUSTOMER_ID, "day", "orders", "value")
            .repartition(col(CUSTOMER_ID))
            .sortWithinPartitions(CUSTOMER_ID, "day")
            .mapPartitions(new TallyRetention(rules), Encoders.row(TallyRetention.SCHEMA))
            .groupBy(TallyRetention.WAY, TallyRetention.FIRST, TallyRetention.PERIOD)
            .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length));
    return RetentionReport.of(counts.collectAsList(), asOf, rules);
  }
}
