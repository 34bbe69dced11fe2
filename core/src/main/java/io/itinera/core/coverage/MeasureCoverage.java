package io.itinera.core.coverage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.SourceDays;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What became of what each source brought, and how much can be used, by channel and day. */
public final class MeasureCoverage {

  private static final String STITCHED = "stitched_count";
  private static final String CONTACT = "contact";
  private static final String PARTS = "parts";
  private static final String OTHERS = "others_count";
  private static final String OWNER = "owner";
  private static final String IS_DELIVERED = "is_delivered";

  private static final List<String> COUNTS =
      List.of(
          Deliveries.RECORDS_READ,
          Deliveries.RECORDS_REJECTED,
          Deliveries.RECORDS_FILTERED,
          SourceDays.TOUCHPOINTS_COUNT,
          SourceDays.IDENTIFIED_COUNT,
          SourceDays.BOTS_COUNT,
          STITCHED);

  private MeasureCoverage() {}

  /**
   * Sums up what all files hold, and what came of it.
   *
   * @param deliveries rows of {@link Deliveries}
   * @param there what there is now
   * @param customerDays rows of {@link CustomerDays}
   * @param customers rows of {@link Customers}
   * @return rows of {@link Coverage}
   */
  public static Dataset<Row> measure(
      Dataset<Row> deliveries, There there, Dataset<Row> customerDays, Dataset<Row> customers) {
    Dataset<Row> others =
        there.others().groupBy(col(Coverage.SOURCE).as(OWNER)).agg(count(lit(1)).as(OTHERS));
    Dataset<Row> known =
        customers.where(Customers.IS_KNOWN).select(col(Customers.CUSTOMER_ID).as("known_id"));
    return Coverage.TABLE.conform(
        summed(deliveries, there.sourceDays(), stitched(customerDays, known))
            .join(broadcast(others), col(Coverage.SOURCE).equalTo(col(OWNER)), "left")
            .withColumn(Coverage.RECORDS_ACCEPTED, accepted())
            .withColumn(Coverage.RECORDS_READ, readOrStaying())
            .withColumn(Coverage.RECORDS_DUPLICATE, fit().minus(col(Coverage.RECORDS_ACCEPTED)))
            .withColumn(
                Coverage.IDENTIFIED_SHARE,
                try_divide(
                    col(SourceDays.IDENTIFIED_COUNT).cast("double"),
                    col(SourceDays.TOUCHPOINTS_COUNT)))
            .withColumn(
                Coverage.STITCHED_SHARE,
                try_divide(
                    coalesce(col(STITCHED), lit(0L)).cast("double"),
                    col(SourceDays.TOUCHPOINTS_COUNT)))
            .withColumn(Coverage.BOTS_COUNT, coalesce(col(SourceDays.BOTS_COUNT), lit(0L))));
  }

  /**
   * What there is now.
   *
   * @param sourceDays rows of {@link SourceDays}
   * @param others column source: a row for each profile and each campaign cost
   */
  public record There(Dataset<Row> sourceDays, Dataset<Row> others) {}

  /** A record with a channel is a touchpoint; of the others no more can be than were read. */
  private static Column accepted() {
    return when(col(Coverage.CHANNEL).isNull(), least(coalesce(col(OTHERS), lit(0L)), fit()))
        .otherwise(coalesce(col(SourceDays.TOUCHPOINTS_COUNT), lit(0L)));
  }

  /** What is there was read, though the file may have been written anew without it. */
  private static Column readOrStaying() {
    Column staying = col(Coverage.RECORDS_ACCEPTED).plus(col(Coverage.RECORDS_REJECTED));
    return greatest(col(Coverage.RECORDS_READ), staying);
  }

  private static Column fit() {
    return col(Coverage.RECORDS_READ).minus(col(Coverage.RECORDS_REJECTED));
  }

  /**
   * All counts by source, channel and day, nulls being equal. One grouping takes them together;
   * days of which no file has a record are left out.
   */
  private static Dataset<Row> summed(
      Dataset<Row> deliveries, Dataset<Row> sourceDays, Dataset<Row> stitched) {
    List<Column> sums = new ArrayList<>();
    for (String count : COUNTS) {
      sums.add(sum(count).as(count));
    }
    return deliveries
        .withColumn(IS_DELIVERED, lit(true))
        .unionByName(sourceDays, true)
        .unionByName(stitched, true)
        .groupBy(Coverage.SOURCE, Coverage.CHANNEL, Coverage.EVENT_DATE)
        .agg(max(IS_DELIVERED).as(IS_DELIVERED), sums.toArray(Column[]::new))
        .where(col(IS_DELIVERED))
        .withColumn(Coverage.RECORDS_FILTERED, coalesce(col(Coverage.RECORDS_FILTERED), lit(0L)));
  }

  private static Dataset<Row> stitched(Dataset<Row> customerDays, Dataset<Row> known) {
    return customerDays
        .select(CustomerDays.CUSTOMER_ID, CustomerDays.EVENT_DATE, CustomerDays.CONTACTS)
        .join(known, col(CustomerDays.CUSTOMER_ID).equalTo(col("known_id")), "left_semi")
        .select(
            col(CustomerDays.EVENT_DATE),
            explode(col(CustomerDays.CONTACTS)).as(new String[] {CONTACT, STITCHED}))
        .withColumn(PARTS, split(col(CONTACT), "/", 2))
        .select(
            col(PARTS).getItem(0).as(Coverage.SOURCE),
            col(PARTS).getItem(1).as(Coverage.CHANNEL),
            col(CustomerDays.EVENT_DATE),
            col(STITCHED));
  }
}
