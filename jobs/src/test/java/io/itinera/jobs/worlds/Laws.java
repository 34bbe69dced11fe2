package io.itinera.jobs.worlds;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What holds between tables, whatever happened. */
final class Laws {

  private Laws() {}

  /**
   * Throws unless all laws hold.
   *
   * @param asOf the last night
   * @param how the tables of {@code lake} came about
   */
  static void requireThatAllHold(Lake lake, LocalDate asOf, String how) {
    assertThat(unlikeMoney(lake).toJSON().collectAsList())
        .as("%s: customers whose journeys brought another sum", how)
        .isEmpty();
    assertThat(unlikeStages(lake).toJSON().collectAsList())
        .as("%s: customers whose last stage is another one than their card's", how)
        .isEmpty();
    assertThat(unmeasured(lake, asOf).toJSON().collectAsList())
        .as("%s: days whose touchpoints are not all measured", how)
        .isEmpty();
  }

  private static Dataset<Row> unmeasured(Lake lake, LocalDate asOf) {
    Dataset<Row> measured =
        lake.read(TouchpointKpis.TABLE)
            .groupBy(TouchpointKpis.EVENT_DATE)
            .agg(expr("sum(touchpoints_count)").as("measured"));
    return lake.read(Touchpoints.TABLE)
        .where("bot_reason IS NULL")
        .groupBy(Touchpoints.EVENT_DATE)
        .agg(expr("count(*)").as("there"))
        .join(measured, Touchpoints.EVENT_DATE, "full_outer")
        .where("coalesce(measured, 0) <> coalesce(there, 0)")
        .where(col(Touchpoints.EVENT_DATE).leq(lit(asOf.toString())));
  }

  private static Dataset<Row> unlikeMoney(Lake lake) {
    Dataset<Row> brought =
        lake.read(Journeys.TABLE)
            .groupBy(Journeys.CUSTOMER_ID)
            .agg(
                expr("sum(revenue) - sum(refunded)").as("brought"),
                expr("min(least(revenue, refunded))").as("least"));
    return lake.read(Customers.TABLE)
        .select(Customers.CUSTOMER_ID, Customers.REVENUE)
        .join(brought, Customers.CUSTOMER_ID, "full_outer")
        .where("coalesce(revenue, 0) <> coalesce(brought, 0) OR least < 0");
  }

  private static Dataset<Row> unlikeStages(Lake lake) {
    Dataset<Row> open =
        lake.read(CustomerStages.TABLE)
            .where("left_at IS NULL")
            .selectExpr("customer_id", "stage AS open_stage");
    return lake.read(Customers.TABLE)
        .select(Customers.CUSTOMER_ID, Customers.STAGE)
        .join(open, Customers.CUSTOMER_ID, "full_outer")
        .where("NOT (stage <=> open_stage)");
  }
}
