package io.itinera.core.rfm;

import static io.itinera.core.rfm.RfmBorders.BORDERS;
import static io.itinera.core.rfm.RfmBorders.VIP;
import static io.itinera.core.table.RfmScores.AS_OF;
import static io.itinera.core.table.RfmScores.CUSTOMER_ID;
import static io.itinera.core.table.RfmScores.FREQUENCY;
import static io.itinera.core.table.RfmScores.F_SCORE;
import static io.itinera.core.table.RfmScores.MONETARY;
import static io.itinera.core.table.RfmScores.M_SCORE;
import static io.itinera.core.table.RfmScores.PREVIOUS_SEGMENT;
import static io.itinera.core.table.RfmScores.PURCHASE_FREQUENCY_CLASS;
import static io.itinera.core.table.RfmScores.RECENCY_CLASS;
import static io.itinera.core.table.RfmScores.RECENCY_DAYS;
import static io.itinera.core.table.RfmScores.RFM_CELL;
import static io.itinera.core.table.RfmScores.R_SCORE;
import static io.itinera.core.table.RfmScores.SEGMENT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmScores;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores customers by recency, frequency and monetary value, and names their segment. */
public final class ScoreRfm {

  private ScoreRfm() {}

  /**
   * Scores every customer with an order in the window; the others have no row.
   *
   * <p>The window is the {@link RfmRules#windowDays()} days that end with {@code asOf}, both ends
   * included. Recency counts the days since the last order, 0 for one on {@code asOf}; monetary is
   * purchases plus refunds, which are negative, so it may be negative too.
   *
   * <p>A quintile score is 1 + ⌊5 × share of the scored customers who are strictly worse⌋: equal
   * values have equal scores, and a value that many share moves the scores above it, never its own.
   * A customer is {@code vip} where the customers with strictly more monetary value are fewer than
   * {@link io.itinera.core.rule.OrderClasses#vipShare()} of all scored: who ties with the last vip
   * is one too.
   *
   * @param customerDays rows of {@link CustomerDays}
   * @param previousScores rows of {@link RfmScores}; only the latest night before {@code asOf}
   *     counts, and of several rows of a customer, who turned out to be one, that of most value
   * @return rows of {@link RfmScores} of the night {@code asOf}
   */
  public static Dataset<Row> scores(
      Dataset<Row> customerDays, Dataset<Row> previousScores, LocalDate asOf, RfmRules rules) {
    Dataset<Row> totals = totals(customerDays, asOf, rules);
    Dataset<Row> borders = RfmBorders.borders(totals, rules);

    Dataset<Row> scored =
        totals
            .crossJoin(broadcast(borders))
            .select(
                col(CUSTOMER_ID),
                lit(asOf).as(AS_OF),
                col(RECENCY_DAYS),
                col(FREQUENCY),
                col(MONETARY),
                col(VIP),
                score(RfmBorders.freshness(), R_SCORE).as(R_SCORE),
                score(col(FREQUENCY), F_SCORE).as(F_SCORE),
                score(col(MONETARY), M_SCORE).as(M_SCORE));

    Dataset<Row> named =
        scored
            .join(lastSegments(previousScores, asOf), new String[] {CUSTOMER_ID}, "left")
            .withColumns(names(rules));
    return RfmScores.TABLE.conform(named);
  }

  private static Dataset<Row> totals(Dataset<Row> customerDays, LocalDate asOf, RfmRules rules) {
    Column day = col(CustomerDays.EVENT_DATE);
    Column orders = coalesce(col(CustomerDays.ORDERS_COUNT), lit(0L));
    Column value =
        coalesce(col(CustomerDays.ORDER_VALUE), lit(0))
            .plus(coalesce(col(CustomerDays.REFUND_VALUE), lit(0)));
    return customerDays
        .where(day.gt(lit(asOf.minusDays(rules.windowDays()))).and(day.leq(lit(asOf))))
        .groupBy(CUSTOMER_ID)
        .agg(
            datediff(lit(asOf), max(when(orders.gt(0), day))).cast("long").as(RECENCY_DAYS),
            sum(orders).as(FREQUENCY),
            Money.of(sum(value)).as(MONETARY))
        .where(col(FREQUENCY).gt(0));
  }

  /** One more than the borders that {@code value} reaches; a border nobody reaches is null. */
  private static Column score(Column value, String scoreColumn) {
    Column reached = filter(col(BORDERS + scoreColumn), border -> border.leq(value));
    return size(reached).plus(1);
  }

  private static Dataset<Row> lastSegments(Dataset<Row> previousScores, LocalDate asOf) {
    Dataset<Row> earlier = previousScores.where(col(AS_OF).lt(lit(asOf)));
    Dataset<Row> latest = earlier.agg(max(AS_OF).as(AS_OF));
    return earlier
        .join(broadcast(latest), new String[] {AS_OF}, "left_semi")
        .groupBy(CUSTOMER_ID)
        .agg(max(struct(col(MONETARY), col(SEGMENT))).getField(SEGMENT).as(PREVIOUS_SEGMENT));
  }

  private static Map<String, Column> names(RfmRules rules) {
    return Map.of(
        RFM_CELL,
        concat(
            col(R_SCORE).cast("string"), col(F_SCORE).cast("string"), col(M_SCORE).cast("string")),
        SEGMENT,
        segment(rules),
        RECENCY_CLASS,
        rules.classes().recencyClass(col(RECENCY_DAYS)),
        PURCHASE_FREQUENCY_CLASS,
        rules
            .classes()
            .frequencyClass(col(FREQUENCY), coalesce(col(MONETARY).geq(col(VIP)), lit(false))));
  }

  private static Column segment(RfmRules rules) {
    Column segment = lit(null).cast("string");
    for (RfmRules.Cell cell : rules.grid()) {
      Column inside =
          col(R_SCORE)
              .between(cell.fromR(), cell.toR())
              .and(col(F_SCORE).between(cell.fromF(), cell.toF()))
              .and(col(M_SCORE).between(cell.fromM(), cell.toM()));
      segment = when(inside, cell.segment()).otherwise(segment);
    }
    return segment;
  }
}
