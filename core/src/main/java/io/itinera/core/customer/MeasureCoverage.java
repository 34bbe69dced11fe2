package io.itinera.core.customer;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.SourceDays;
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
    Dataset<Row> read =
        deliveries
            .groupBy(Coverage.SOURCE, Coverage.CHANNEL, Coverage.EVENT_DATE)
            .agg(
                sum(Deliveries.RECORDS_READ).as(Coverage.RECORDS_READ),
                sum(Deliveries.RECORDS_REJECTED).as(Coverage.RECORDS_REJECTED),
                coalesce(sum(Deliveries.RECORDS_FILTERED), lit(0L)).as(Coverage.RECORDS_FILTERED));
    Dataset<Row> others =
        there.others().groupBy(col(Coverage.SOURCE).as(OWNER)).agg(count(lit(1)).as(OTHERS));
    Dataset<Row> counted =
        joined(read, there.sourceDays(), "day_")
            .join(broadcast(others), col(Coverage.SOURCE).equalTo(col(OWNER)), "left");
    return Coverage.TABLE.conform(
        joined(counted, stitched(customerDays, customers), "known_")
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

  /** Joins by source, channel and day, nulls being equal; {@code prefix} keeps the keys apart. */
  private static Dataset<Row> joined(Dataset<Row> left, Dataset<Row> right, String prefix) {
    Dataset<Row> renamed = right;
    Column isSame = lit(true);
    for (String key : List.of(Coverage.SOURCE, Coverage.CHANNEL, Coverage.EVENT_DATE)) {
      renamed = renamed.withColumnRenamed(key, prefix + key);
      isSame = isSame.and(col(key).eqNullSafe(col(prefix + key)));
    }
    return left.join(renamed, isSame, "left");
  }

  private static Dataset<Row> stitched(Dataset<Row> customerDays, Dataset<Row> customers) {
    Dataset<Row> known =
        customers.where(Customers.IS_KNOWN).select(col(Customers.CUSTOMER_ID).as("known_id"));
    return customerDays
        .select(CustomerDays.CUSTOMER_ID, CustomerDays.EVENT_DATE, CustomerDays.CONTACTS)
        .join(known, col(CustomerDays.CUSTOMER_ID).equalTo(col("known_id")), "left_semi")
        .select(
            col(CustomerDays.EVENT_DATE),
            explode(col(CustomerDays.CONTACTS)).as(new String[] {CONTACT, STITCHED}))
        .groupBy(CustomerDays.EVENT_DATE, CONTACT)
        .agg(sum(STITCHED).as(STITCHED))
        .withColumn(PARTS, split(col(CONTACT), "/", 2))
        .select(
            col(PARTS).getItem(0).as(Coverage.SOURCE),
            col(PARTS).getItem(1).as(Coverage.CHANNEL),
            col(CustomerDays.EVENT_DATE),
            col(STITCHED));
  }
}
