package io.itinera.core.cohort;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.cohort.CohortRules.By;
import io.itinera.core.cohort.CohortRules.Periods;
import io.itinera.core.cohort.CohortRules.Unit;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.LifecycleWeeks;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CohortsTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 5, 20);

  /** 29 April and 6, 13, 20 May 2024 are Mondays. */
  private static final String DAYS =
      """
      customer_id | event_date | orders_count | order_value | refund_value
      ann         | 2024-05-05 | 0            | 0           | 0
      ann         | 2024-05-06 | 1            | 10          | 0
      ann         | 2024-05-12 | 0            | 0           | -4
      bob         | 2024-04-29 | 1            | 5           | 0
      bob         | 2024-05-20 | 2            | 7           | 0
      cat         | 2024-05-21 | 1            | 9           | 0
      """;

  @Test
  void calendarWeeksCountFromTheMondayOfTheBeginning(SparkSession spark) {
    assertRows(
        cohorts(spark, By.FIRST_TOUCH, Unit.WEEK, Periods.CALENDAR),
        """
        cohort_by   | cohort_on  | period | customers_count | active_count | orders_count | revenue | is_complete
        first-touch | 2024-04-29 | 0      | 2               | 2            | 1            | 5.0000  | true
        first-touch | 2024-04-29 | 1      | 2               | 1            | 1            | 6.0000  | true
        first-touch | 2024-04-29 | 2      | 2               | 0            | 0            | 0.0000  | true
        first-touch | 2024-04-29 | 3      | 2               | 1            | 2            | 7.0000  | false
        """);
  }

  @Test
  void rollingWeeksCountFromEachCustomersOwnFirstDay(SparkSession spark) {
    assertRows(
        cohorts(spark, By.FIRST_TOUCH, Unit.WEEK, Periods.ROLLING),
        """
        cohort_on  | period | customers_count | active_count | orders_count | revenue | is_complete
        2024-04-29 | 0      | 2               | 2            | 2            | 15.0000 | true
        2024-04-29 | 1      | 2               | 1            | 0            | -4.0000 | true
        2024-04-29 | 2      | 2               | 0            | 0            | 0.0000  | false
        2024-04-29 | 3      | 2               | 1            | 2            | 7.0000  | false
        """);
  }

  @Test
  void whatWasBeforeTheFirstOrderIsInNoPeriodOfIt(SparkSession spark) {
    assertRows(
        cohorts(spark, By.FIRST_ORDER, Unit.MONTH, Periods.CALENDAR),
        """
        cohort_on  | period | customers_count | active_count | orders_count | revenue | is_complete
        2024-04-01 | 0      | 1               | 1            | 1            | 5.0000  | true
        2024-04-01 | 1      | 1               | 1            | 2            | 7.0000  | false
        2024-05-01 | 0      | 1               | 1            | 1            | 6.0000  | false
        """);
  }

  @Test
  void rollingMonthsEndOnTheSameDayOfTheNextMonth(SparkSession spark) {
    assertRows(
        cohorts(
            days(
                spark,
                """
                customer_id | event_date | orders_count | order_value | refund_value
                ann         | 2024-01-31 | 1            | 1           | 0
                ann         | 2024-02-28 | 1            | 2           | 0
                ann         | 2024-02-29 | 1            | 4           | 0
                """),
            LocalDate.of(2024, 3, 1),
            new CohortRules(
                List.of(By.FIRST_ORDER), List.of(Unit.MONTH), List.of(Periods.ROLLING), 9)),
        """
        cohort_on  | period | orders_count | revenue
        2024-01-01 | 0      | 2            | 3.0000
        2024-01-01 | 1      | 1            | 4.0000
        2024-01-01 | 2      | 0            | 0.0000
        """);
  }

  @Test
  void rollingMonthsBeginOnTheLastDayOfAMonthThatIsTooShort(SparkSession spark) {
    assertRows(
        cohorts(
            days(
                spark,
                """
                customer_id | event_date | orders_count | order_value | refund_value
                ann         | 2023-01-30 | 1            | 1           | 0
                ann         | 2023-02-28 | 1            | 2           | 0
                bob         | 2023-01-31 | 1            | 4           | 0
                bob         | 2023-02-28 | 1            | 8           | 0
                """),
            LocalDate.of(2023, 2, 28),
            new CohortRules(
                List.of(By.FIRST_ORDER), List.of(Unit.MONTH), List.of(Periods.ROLLING), 9)),
        """
        cohort_on  | period | active_count | revenue
        2023-01-01 | 0      | 2            | 5.0000
        2023-01-01 | 1      | 2            | 10.0000
        """);
  }

  @Test
  void largestAmountsOfSeveralCustomersAreShownAsTheLargest(SparkSession spark) {
    String days =
        IntStream.range(0, 20)
            .mapToObj(i -> "c%d | 2024-05-06 | 1 | 99999999999999.9999 | 0\n".formatted(i))
            .collect(Collectors.joining());

    assertRows(
        cohorts(
            days(
                spark,
                "customer_id | event_date | orders_count | order_value | refund_value\n" + days),
            LocalDate.of(2024, 5, 6),
            new CohortRules(
                List.of(By.FIRST_TOUCH), List.of(Unit.WEEK), List.of(Periods.CALENDAR), 1)),
        """
        period | orders_count | revenue
        0      | 20           | 99999999999999.9999
        """);
  }

  @Test
  void nightThatLooksBackSeesNothingLaterAndNoMorePeriodsThanWanted(SparkSession spark) {
    assertRows(
        cohorts(
            days(spark, DAYS),
            LocalDate.of(2024, 5, 6),
            new CohortRules(
                List.of(By.FIRST_TOUCH), List.of(Unit.WEEK), List.of(Periods.CALENDAR), 1)),
        """
        as_of      | cohort_on  | period | customers_count | active_count | orders_count
        2024-05-06 | 2024-04-29 | 0      | 2               | 2            | 1
        """);
  }

  @Test
  void customersAreNewReturningResurrectedOrDormantInAWeekThatIsOver(SparkSession spark) {
    assertRows(
        weeks(
            days(
                spark,
                """
                customer_id | event_date
                ann         | 2024-04-29
                ann         | 2024-04-30
                ann         | 2024-05-06
                bob         | 2024-05-05
                bob         | 2024-05-13
                cat         | 2024-04-01
                dan         | 2024-05-20
                """),
            LocalDate.of(2024, 5, 25)),
        """
        week_on    | active_count | new_count | returning_count | resurrected_count | dormant_count | active_28_days_count
        2024-04-01 | 1            | 1         | 0               | 0                 | 0             | 1
        2024-04-08 | 0            | 0         | 0               | 0                 | 1             | 1
        2024-04-15 | 0            | 0         | 0               | 0                 | 0             | 1
        2024-04-22 | 0            | 0         | 0               | 0                 | 0             | 1
        2024-04-29 | 2            | 2         | 0               | 0                 | 0             | 2
        2024-05-06 | 1            | 0         | 1               | 0                 | 1             | 2
        2024-05-13 | 1            | 0         | 0               | 1                 | 1             | 2
        """);
  }

  @Test
  void stickinessIsTheMeanDayAsAShareOfFourWeeks(SparkSession spark) {
    assertRows(
        weeks(
            days(
                spark,
                """
                customer_id | event_date
                ann         | 2024-04-29
                ann         | 2024-04-30
                ann         | 2024-05-01
                ann         | 2024-05-02
                ann         | 2024-05-03
                ann         | 2024-05-04
                bob         | 2024-05-05
                """),
            LocalDate.of(2024, 5, 5)),
        """
        week_on    | daily_active_mean | active_28_days_count | stickiness
        2024-04-29 | 1.0               | 2                    | 0.5
        """);
  }

  private static Dataset<Row> cohorts(SparkSession spark, By by, Unit unit, Periods periods) {
    return cohorts(
        days(spark, DAYS),
        AS_OF,
        new CohortRules(List.of(by), List.of(unit), List.of(periods), 24));
  }

  private static Dataset<Row> cohorts(Dataset<Row> days, LocalDate asOf, CohortRules rules) {
    return days.sparkSession()
        .createDataFrame(
            FollowCustomers.report(days, asOf, rules).cohorts(), Cohorts.TABLE.schema());
  }

  private static Dataset<Row> weeks(Dataset<Row> days, LocalDate asOf) {
    CohortRules none = new CohortRules(List.of(), List.of(), List.of(), 1);
    return days.sparkSession()
        .createDataFrame(
            FollowCustomers.report(days, asOf, none).weeks(), LifecycleWeeks.TABLE.schema());
  }

  private static Dataset<Row> days(SparkSession spark, String text) {
    return wholeRows(spark, CustomerDays.TABLE, text);
  }
}
