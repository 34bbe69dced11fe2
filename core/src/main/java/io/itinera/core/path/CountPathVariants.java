package io.itinera.core.path;

import static io.itinera.core.table.PathVariants.AS_OF;
import static io.itinera.core.table.PathVariants.CLOSED_COUNT;
import static io.itinera.core.table.PathVariants.CONVERSIONS_COUNT;
import static io.itinera.core.table.PathVariants.CONVERSION_RATE;
import static io.itinera.core.table.PathVariants.JOURNEYS_COUNT;
import static io.itinera.core.table.PathVariants.MEDIAN_DAYS;
import static io.itinera.core.table.PathVariants.PATH;
import static io.itinera.core.table.PathVariants.PATH_TEXT;
import static io.itinera.core.table.PathVariants.REVENUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PathVariants;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the distinct paths and what they led to. */
public final class CountPathVariants {

  private static final String OUTCOME = "outcome";
  private static final String DAYS = "days";

  private CountPathVariants() {}

  /**
   * Groups journeys by their path.
   *
   * <p>Every journey of the window counts in exactly one variant, open ones too; but the rate is
   * that of journeys that have ended, as that of funnels is: who is still on the way has not failed
   * to convert. A journey without steps has the path "".
   *
   * @param journeys rows of {@link Journeys}; those that ended in the window count
   * @return rows of {@link PathVariants} of the night {@code asOf}
   */
  public static Dataset<Row> variants(Dataset<Row> journeys, LocalDate asOf, PathRules rules) {
    Column days =
        when(
            col(Journeys.OUTCOME).equalTo(JourneyOutcome.CONVERTED.text()),
            col(Journeys.DAYS_TO_CONVERT));
    Dataset<Row> alike =
        journeys
            .where(rules.covers(col(Journeys.ENDED_ON), asOf))
            .groupBy(
                coalesce(col(Journeys.PATH_TEXT), lit("")).as(PATH_TEXT),
                col(Journeys.PATH).as(PATH),
                col(Journeys.OUTCOME).as(OUTCOME),
                days.as(DAYS))
            .agg(
                count(lit(1)).as(JOURNEYS_COUNT),
                Money.of(coalesce(sum(Journeys.REVENUE), lit(0))).as(REVENUE));
    // Of those that are alike in all of this there are few: what Spark can only sum up by sorting
    // comes last.
    Column conversions =
        when(col(OUTCOME).equalTo(JourneyOutcome.CONVERTED.text()), col(JOURNEYS_COUNT));
    Column closed = when(col(OUTCOME).notEqual(JourneyOutcome.OPEN.text()), col(JOURNEYS_COUNT));
    Dataset<Row> counted =
        alike
            .groupBy(PATH_TEXT)
            .agg(
                min(PATH).as(PATH),
                sum(JOURNEYS_COUNT).as(JOURNEYS_COUNT),
                coalesce(sum(closed), lit(0L)).as(CLOSED_COUNT),
                coalesce(sum(conversions), lit(0L)).as(CONVERSIONS_COUNT),
                Money.of(sum(REVENUE)).as(REVENUE),
                percentile(col(DAYS), lit(0.5), col(JOURNEYS_COUNT)).as(MEDIAN_DAYS));
    Column rate =
        when(
            col(CLOSED_COUNT).gt(0),
            col(CONVERSIONS_COUNT).cast("double").divide(col(CLOSED_COUNT)));
    return PathVariants.TABLE.conform(
        counted.select(col("*"), lit(asOf).as(AS_OF), rate.as(CONVERSION_RATE)));
  }
}
