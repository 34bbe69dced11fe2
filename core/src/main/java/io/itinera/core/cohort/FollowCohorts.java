package io.itinera.core.cohort;

import static io.itinera.core.table.Cohorts.ACTIVE_COUNT;
import static io.itinera.core.table.Cohorts.COHORT_BY;
import static io.itinera.core.table.Cohorts.COHORT_ON;
import static io.itinera.core.table.Cohorts.CUSTOMERS_COUNT;
import static io.itinera.core.table.Cohorts.IS_COMPLETE;
import static io.itinera.core.table.Cohorts.ORDERS_COUNT;
import static io.itinera.core.table.Cohorts.PERIOD;
import static io.itinera.core.table.Cohorts.PERIODS;
import static io.itinera.core.table.Cohorts.REVENUE;
import static io.itinera.core.table.Cohorts.UNIT;
import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static io.itinera.core.table.CustomerDays.EVENT_DATE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.cohort.CohortRules.By;
import io.itinera.core.cohort.CohortRules.Way;
import io.itinera.core.rule.Money;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.CustomerDays;
import java.sql.Date;
import java.time.LocalDate;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Follows customers who began in the same week or month. */
public final class FollowCohorts {

  private static final String VALUE = "day_value";
  private static final String TOUCHED = "first_touch_on";
  private static final String ORDERED = "first_order_on";
  private static final String BELONGS = "belongs";
  private static final String SEEN = "seen";
  private static final String LAST = "last_period";
  private static final String FOUND = "found";

  private FollowCohorts() {}

  /**
   * One row per cohort and period, up to the period in which the night is.
   *
   * <p>A customer is in the cohort of the week or month of the first touchpoint, or order; who has
   * none by {@code asOf}, in none. Active in a period is who has a touchpoint in it.
   *
   * @param days rows of {@link CustomerDays}; those after {@code asOf} do not count
   * @return rows of {@link Cohorts} of the night {@code asOf}
   */
  public static Dataset<Row> cohorts(Dataset<Row> days, LocalDate asOf, CohortRules rules) {
    Column today = lit(Date.valueOf(asOf));
    Dataset<Row> perCustomer =
        started(days.where(col(EVENT_DATE).leq(today)))
            .select(
                col(CUSTOMER_ID),
                col(ORDERS_COUNT),
                col(VALUE),
                explode(filter(belongings(rules), way -> inside(way.getField(PERIOD), rules)))
                    .as(BELONGS))
            .groupBy(col(CUSTOMER_ID), col(BELONGS))
            .agg(sum(ORDERS_COUNT).as(ORDERS_COUNT), sum(VALUE).as(VALUE));
    Dataset<Row> seen =
        perCustomer
            .select(col(BELONGS + ".*"), col(ORDERS_COUNT), col(VALUE))
            .groupBy(COHORT_BY, UNIT, PERIODS, COHORT_ON, PERIOD)
            .agg(
                count(lit(1)).as(ACTIVE_COUNT),
                sum(ORDERS_COUNT).as(ORDERS_COUNT),
                Money.of(sum(VALUE)).as(REVENUE));
    return Cohorts.TABLE.conform(filled(seen, today, rules).withColumn(Cohorts.AS_OF, today));
  }

  private static Column inside(Column period, CohortRules rules) {
    return period.geq(0).and(period.lt(rules.mostPeriods()));
  }

  private static Dataset<Row> started(Dataset<Row> days) {
    WindowSpec all =
        Window.partitionBy(CUSTOMER_ID)
            .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    return days.select(
            col(CUSTOMER_ID),
            col(EVENT_DATE),
            col(CustomerDays.ORDERS_COUNT).as(ORDERS_COUNT),
            col(CustomerDays.ORDER_VALUE).plus(col(CustomerDays.REFUND_VALUE)).as(VALUE))
        // All windows and groups are within a customer: rows are sent around once.
        .repartition(col(CUSTOMER_ID))
        .withColumn(TOUCHED, min(EVENT_DATE).over(all))
        .withColumn(ORDERED, min(when(col(ORDERS_COUNT).gt(0), col(EVENT_DATE))).over(all));
  }

  /** The cohorts that a customer's day counts in, each with its period; negative before it. */
  private static Column belongings(CohortRules rules) {
    return array(
        rules
            .ways()
            .map(
                way -> {
                  Column start = col(way.by() == By.FIRST_TOUCH ? TOUCHED : ORDERED);
                  return struct(
                      lit(way.by().text()).as(COHORT_BY),
                      lit(way.unit().text()).as(UNIT),
                      lit(way.periods().text()).as(PERIODS),
                      way.cohort(start).as(COHORT_ON),
                      coalesce(way.period(start, col(EVENT_DATE)), lit(-1)).as(PERIOD));
                })
            .toArray(Column[]::new));
  }

  /** With a row of zeros for each period in which nobody was active. */
  private static Dataset<Row> filled(Dataset<Row> seen, Column today, CohortRules rules) {
    Column ofPeriod = struct(col(ACTIVE_COUNT), col(ORDERS_COUNT), col(REVENUE));
    Column last = each(rules, way -> way.period(col(COHORT_ON), today));
    Column lastDay = each(rules, way -> way.lastDay(col(COHORT_ON), col(PERIOD)));
    return seen.groupBy(COHORT_BY, UNIT, PERIODS, COHORT_ON)
        .agg(
            // Everybody is active when they begin.
            max(when(col(PERIOD).equalTo(0), col(ACTIVE_COUNT))).as(CUSTOMERS_COUNT),
            map_from_entries(collect_list(struct(col(PERIOD), ofPeriod))).as(SEEN))
        .withColumn(LAST, least(last, lit(rules.mostPeriods() - 1)))
        .withColumn(PERIOD, explode(sequence(lit(0), col(LAST))))
        .withColumn(FOUND, try_element_at(col(SEEN), col(PERIOD)))
        .withColumn(ACTIVE_COUNT, orZero(ACTIVE_COUNT))
        .withColumn(ORDERS_COUNT, orZero(ORDERS_COUNT))
        .withColumn(REVENUE, Money.of(orZero(REVENUE)))
        .withColumn(IS_COMPLETE, lastDay.leq(today));
  }

  private static Column orZero(String field) {
    return coalesce(col(FOUND).getField(field), lit(0));
  }

  /** What {@code value} is for the way that a row is about. */
  private static Column each(CohortRules rules, Function<Way, Column> value) {
    return coalesce(
        rules
            .ways()
            .map(
                way ->
                    when(
                        col(COHORT_BY)
                            .equalTo(way.by().text())
                            .and(col(UNIT).equalTo(way.unit().text()))
                            .and(col(PERIODS).equalTo(way.periods().text())),
                        value.apply(way)))
            .toArray(Column[]::new));
  }
}
