package io.itinera.core.cohort;

import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static io.itinera.core.table.CustomerDays.EVENT_DATE;
import static io.itinera.core.table.LifecycleWeeks.WEEK_ON;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.LifecycleWeeks;
import java.sql.Date;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Counts who came, stayed, came back and went, week by week. */
public final class CountLifecycle {

  private static final int WEEK = 7;
  private static final int WEEKS_OF_MONTH = 4;
  private static final String DAYS = "days_active";
  private static final String SINCE_LAST = "days_since_last";
  private static final String TO_NEXT = "days_to_next";
  private static final String MARK = "mark";
  private static final String KIND = "kind";
  private static final String NEW = "new";
  private static final String RETURNING = "returning";
  private static final String RESURRECTED = "resurrected";
  private static final String DORMANT = "dormant";
  private static final String OF_MONTH = "of-month";

  private CountLifecycle() {}

  /**
   * One row per week that is over by {@code asOf}, from Monday to Sunday.
   *
   * <p>Who is active in a week is new if never seen before, returning if active the week before,
   * else resurrected; who was active the week before and is not is dormant. A week in which all of
   * that is nobody, and the three before it too, has no row.
   *
   * @param days rows of {@link CustomerDays}; those after {@code asOf} do not count
   * @return rows of {@link LifecycleWeeks} of the night {@code asOf}
   */
  public static Dataset<Row> weeks(Dataset<Row> days, LocalDate asOf) {
    Column today = lit(Date.valueOf(asOf));
    Dataset<Row> marks =
        active(days.where(col(EVENT_DATE).leq(today)))
            .select(explode(filter(marks(), mark -> mark.isNotNull())).as(MARK))
            .select(MARK + ".*")
            .where(date_add(col(WEEK_ON), WEEK - 1).leq(today));
    Column actives = count_if(col(KIND).isin(NEW, RETURNING, RESURRECTED));
    Column daily = sum(DAYS).cast("double").divide(WEEK);
    Dataset<Row> weeks =
        marks
            .groupBy(WEEK_ON)
            .agg(
                actives.as(LifecycleWeeks.ACTIVE_COUNT),
                count_if(col(KIND).equalTo(NEW)).as(LifecycleWeeks.NEW_COUNT),
                count_if(col(KIND).equalTo(RETURNING)).as(LifecycleWeeks.RETURNING_COUNT),
                count_if(col(KIND).equalTo(RESURRECTED)).as(LifecycleWeeks.RESURRECTED_COUNT),
                count_if(col(KIND).equalTo(DORMANT)).as(LifecycleWeeks.DORMANT_COUNT),
                coalesce(daily, lit(0.0)).as(LifecycleWeeks.DAILY_ACTIVE_MEAN),
                count_if(col(KIND).equalTo(OF_MONTH)).as(LifecycleWeeks.ACTIVE_28_DAYS_COUNT));
    Column ofMonth = col(LifecycleWeeks.ACTIVE_28_DAYS_COUNT);
    return LifecycleWeeks.TABLE.conform(
        weeks
            .withColumn(LifecycleWeeks.AS_OF, today)
            .withColumn(
                LifecycleWeeks.STICKINESS,
                when(ofMonth.gt(0), col(LifecycleWeeks.DAILY_ACTIVE_MEAN).divide(ofMonth))));
  }

  /** One row per customer and week with a touchpoint. */
  private static Dataset<Row> active(Dataset<Row> days) {
    WindowSpec way = Window.partitionBy(CUSTOMER_ID).orderBy(WEEK_ON);
    return days.select(col(CUSTOMER_ID), to_date(trunc(col(EVENT_DATE), "week")).as(WEEK_ON))
        // The windows and the groups are within a customer: rows are sent around once.
        .repartition(col(CUSTOMER_ID))
        .groupBy(CUSTOMER_ID, WEEK_ON)
        .agg(count(lit(1)).as(DAYS))
        .withColumn(SINCE_LAST, datediff(col(WEEK_ON), lag(WEEK_ON, 1).over(way)))
        .withColumn(TO_NEXT, datediff(lead(WEEK_ON, 1).over(way), col(WEEK_ON)));
  }

  /** What an active week of a customer adds to it and to the weeks behind it. */
  private static Column marks() {
    Column kind =
        when(col(SINCE_LAST).isNull(), NEW)
            .when(col(SINCE_LAST).equalTo(WEEK), RETURNING)
            .otherwise(RESURRECTED);
    Column here = mark(0, kind, col(DAYS));
    Column missing = when(isSilentFor(1), mark(1, lit(DORMANT), lit(0L)));
    // A customer counts once in the four weeks: with the last week in which they were active.
    Column[] months =
        IntStream.range(0, WEEKS_OF_MONTH)
            .mapToObj(weeks -> when(isSilentFor(weeks), mark(weeks, lit(OF_MONTH), lit(0L))))
            .toArray(Column[]::new);
    return concat(array(here, missing), array(months));
  }

  private static Column isSilentFor(int weeks) {
    return coalesce(col(TO_NEXT).gt(weeks * WEEK), lit(true));
  }

  private static Column mark(int weeks, Column kind, Column days) {
    return struct(date_add(col(WEEK_ON), weeks * WEEK).as(WEEK_ON), kind.as(KIND), days.as(DAYS));
  }
}
