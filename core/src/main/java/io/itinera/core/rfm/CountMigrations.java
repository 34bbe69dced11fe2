package io.itinera.core.rfm;

import static io.itinera.core.table.RfmMigrations.CUSTOMERS_COUNT;
import static io.itinera.core.table.RfmMigrations.FROM_SEGMENT;
import static io.itinera.core.table.RfmMigrations.NONE;
import static io.itinera.core.table.RfmMigrations.REVENUE;
import static io.itinera.core.table.RfmMigrations.TO_SEGMENT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmMigrations;
import io.itinera.core.table.RfmScores;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts who went from one RFM segment to another. */
public final class CountMigrations {

  private static final String BEFORE = "before";
  private static final String VALUE = "value";

  private CountMigrations() {}

  /**
   * One row per pair of segments that somebody went between, or stayed in, since the latest night
   * before {@code asOf} that has scores; none on the first such night.
   *
   * @param scores rows of {@link RfmScores}, those of {@code asOf} among them; later ones do not
   *     count. Who has several rows of the night before, having turned out to be one, comes from
   *     the segment in which they were worth most
   * @param customerDays rows of {@link CustomerDays}
   * @return rows of {@link RfmMigrations} of the night {@code asOf}
   */
  public static Dataset<Row> migrations(
      Dataset<Row> scores, Dataset<Row> customerDays, LocalDate asOf) {
    Column night = col(RfmScores.AS_OF);
    Dataset<Row> before =
        scores.where(night.lt(lit(asOf))).agg(max(night).as(BEFORE)).where(col(BEFORE).isNotNull());
    Dataset<Row> segments =
        scores
            .crossJoin(broadcast(before))
            .where(night.equalTo(lit(asOf)).or(night.equalTo(col(BEFORE))))
            .select(
                col(RfmScores.CUSTOMER_ID),
                when(night.equalTo(col(BEFORE)), col(RfmScores.SEGMENT)).as(FROM_SEGMENT),
                when(night.equalTo(col(BEFORE)), col(RfmScores.MONETARY)).as(RfmScores.MONETARY),
                when(night.equalTo(lit(asOf)), col(RfmScores.SEGMENT)).as(TO_SEGMENT),
                lit(0).cast("decimal(19,4)").as(VALUE));
    Column day = col(CustomerDays.EVENT_DATE);
    Column value =
        coalesce(col(CustomerDays.ORDER_VALUE), lit(0))
            .plus(coalesce(col(CustomerDays.REFUND_VALUE), lit(0)));
    Dataset<Row> revenue =
        customerDays
            .where(day.leq(lit(asOf)))
            .crossJoin(broadcast(before))
            .where(day.gt(col(BEFORE)))
            .select(
                col(RfmScores.CUSTOMER_ID),
                lit(null).cast("string").as(FROM_SEGMENT),
                lit(null).cast(ColumnTypes.MONEY).as(RfmScores.MONETARY),
                lit(null).cast("string").as(TO_SEGMENT),
                value.cast("decimal(19,4)").as(VALUE));
    Dataset<Row> perCustomer =
        segments
            .union(revenue)
            .groupBy(RfmScores.CUSTOMER_ID)
            .agg(
                max(when(col(FROM_SEGMENT).isNotNull(), struct(RfmScores.MONETARY, FROM_SEGMENT)))
                    .getField(FROM_SEGMENT)
                    .as(FROM_SEGMENT),
                max(TO_SEGMENT).as(TO_SEGMENT),
                sum(VALUE).as(VALUE))
            .where(col(FROM_SEGMENT).isNotNull().or(col(TO_SEGMENT).isNotNull()));
    Dataset<Row> ways =
        perCustomer
            .groupBy(
                coalesce(col(FROM_SEGMENT), lit(NONE)).as(FROM_SEGMENT),
                coalesce(col(TO_SEGMENT), lit(NONE)).as(TO_SEGMENT))
            .agg(count(lit(1)).as(CUSTOMERS_COUNT), Money.of(sum(VALUE)).as(REVENUE));
    return RfmMigrations.TABLE.conform(ways.withColumn(RfmMigrations.AS_OF, lit(asOf)));
  }
}
