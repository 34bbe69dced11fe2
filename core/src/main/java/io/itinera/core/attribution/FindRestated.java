package io.itinera.core.attribution;

import static io.itinera.core.table.AttributionTouchpoints.CAMPAIGN;
import static io.itinera.core.table.AttributionTouchpoints.CONVERSIONS;
import static io.itinera.core.table.AttributionTouchpoints.CONVERSION_TOUCHPOINT_ID;
import static io.itinera.core.table.AttributionTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.AttributionTouchpoints.MARKETING_CHANNEL;
import static io.itinera.core.table.AttributionTouchpoints.MODEL;
import static io.itinera.core.table.AttributionTouchpoints.REVENUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.AttributionChanges;
import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** Finds past conversions whose credit has moved. */
public final class FindRestated {

  private static final String IS_AFTER = "is_after";
  private static final String CHANGED = "changed_customer";

  private FindRestated() {}

  /**
   * One row per conversion that was there before, and channel and campaign whose part of it is
   * another now. A conversion that is new restates nothing.
   *
   * @param before rows of {@link AttributionTouchpoints} as they were
   * @param after the same as they are
   * @param changes rows of {@link CustomerChanges} of the night
   * @return rows of {@link AttributionChanges} without the run and its night
   */
  public static Dataset<Row> restated(
      Dataset<Row> before, Dataset<Row> after, Dataset<Row> changes) {
    Dataset<Row> sums =
        part(before, false)
            .unionByName(part(after, true))
            .groupBy(CONVERSION_TOUCHPOINT_ID, MARKETING_CHANNEL, CAMPAIGN)
            .agg(
                max(when(col(IS_AFTER), col(CUSTOMER_ID))).as(AttributionChanges.CUSTOMER_ID),
                max(when(col(IS_AFTER).equalTo(false), col(CUSTOMER_ID)))
                    .as(AttributionChanges.PREVIOUS_CUSTOMER_ID),
                amount(CONVERSIONS, false).as(AttributionChanges.CONVERSIONS_BEFORE),
                amount(CONVERSIONS, true).as(AttributionChanges.CONVERSIONS_AFTER),
                amount(REVENUE, false).as(AttributionChanges.REVENUE_BEFORE),
                amount(REVENUE, true).as(AttributionChanges.REVENUE_AFTER));
    WindowSpec conversion = Window.partitionBy(CONVERSION_TOUCHPOINT_ID);
    Dataset<Row> whole =
        sums.withColumn(
                AttributionChanges.CUSTOMER_ID,
                max(AttributionChanges.CUSTOMER_ID).over(conversion))
            .withColumn(
                AttributionChanges.PREVIOUS_CUSTOMER_ID,
                max(AttributionChanges.PREVIOUS_CUSTOMER_ID).over(conversion))
            .where(col(AttributionChanges.PREVIOUS_CUSTOMER_ID).isNotNull())
            .where(hasMoved());
    return caused(whole, changes);
  }

  /**
   * Of what was there before, the conversions that the night's window still holds: one that has
   * grown too old for it was not withdrawn.
   *
   * @param before rows of {@link AttributionTouchpoints} as they were
   * @param journeys rows of {@link Journeys} as they are
   * @param windowDays as {@link AttributionRules} have it
   */
  public static Dataset<Row> stillLookedAt(
      Dataset<Row> before, Dataset<Row> journeys, LocalDate asOf, Optional<Integer> windowDays) {
    if (windowDays.isEmpty()) {
      return before;
    }
    LocalDate lastBefore = asOf.minusDays(windowDays.get());
    Dataset<Row> tooOld =
        journeys
            .where(col(Journeys.ENDED_ON).leq(lit(Date.valueOf(lastBefore))))
            .where(col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull())
            .select(Journeys.CONVERSION_TOUCHPOINT_ID);
    return before.join(tooOld, new String[] {CONVERSION_TOUCHPOINT_ID}, "left_anti");
  }

  private static Dataset<Row> part(Dataset<Row> credits, boolean isAfter) {
    return credits
        .where(col(MODEL).equalTo(TouchModel.LINEAR.text()))
        .select(
            col(CONVERSION_TOUCHPOINT_ID),
            col(CUSTOMER_ID),
            col(MARKETING_CHANNEL),
            col(CAMPAIGN),
            col(CONVERSIONS),
            col(REVENUE),
            lit(isAfter).as(IS_AFTER));
  }

  private static Column amount(String name, boolean isAfter) {
    DataType type = AttributionTouchpoints.TABLE.schema().apply(name).dataType();
    Column ofThen = when(col(IS_AFTER).equalTo(isAfter), col(name));
    return coalesce(sum(ofThen), lit(0)).cast(type);
  }

  private static Column hasMoved() {
    return col(AttributionChanges.CONVERSIONS_BEFORE)
        .notEqual(col(AttributionChanges.CONVERSIONS_AFTER))
        .or(col(AttributionChanges.REVENUE_BEFORE).notEqual(col(AttributionChanges.REVENUE_AFTER)));
  }

  private static Dataset<Row> caused(Dataset<Row> moved, Dataset<Row> changes) {
    Dataset<Row> changed =
        changes
            .where(col(CustomerChanges.CHANGE).notEqual("created"))
            .select(
                functions
                    .explode(
                        functions.array(
                            col(CustomerChanges.CUSTOMER_ID),
                            col(CustomerChanges.PREVIOUS_CUSTOMER_ID)))
                    .as(CHANGED))
            .where(col(CHANGED).isNotNull())
            .distinct();
    Column cause =
        when(
                col(CHANGED)
                    .isNotNull()
                    .or(
                        col(AttributionChanges.CUSTOMER_ID)
                            .notEqual(col(AttributionChanges.PREVIOUS_CUSTOMER_ID))),
                "identity")
            .when(col(AttributionChanges.CUSTOMER_ID).isNull(), "withdrawn")
            .otherwise("touchpoints");
    Column owner =
        coalesce(col(AttributionChanges.CUSTOMER_ID), col(AttributionChanges.PREVIOUS_CUSTOMER_ID));
    return moved
        .join(changed, owner.equalTo(col(CHANGED)), "left")
        .withColumn(AttributionChanges.CAUSE, cause)
        .drop(CHANGED);
  }
}
