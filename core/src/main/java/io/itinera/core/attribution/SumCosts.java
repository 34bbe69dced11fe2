package io.itinera.core.attribution;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.ColumnTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;

/** Sums up what campaigns cost, in one currency. */
public final class SumCosts {

  /** Column: lines in a currency that has no rate for their day, which no sum has. */
  public static final String UNKNOWN = "unknown_count";

  private static final String CONVERTED = "converted_cost";

  private SumCosts() {}

  /**
   * One row per marketing channel and campaign: {@link CampaignCosts#MARKETING_CHANNEL}, {@link
   * CampaignCosts#CAMPAIGN}, {@link CampaignCosts#COST} (null where no line has a known one) and
   * {@link #UNKNOWN}. A line in another currency counts at the rate of its day.
   *
   * @param costs rows of {@link CampaignCosts}
   * @param currency the one of the sums
   */
  public static Dataset<Row> sums(Dataset<Row> costs, String currency, ExchangeRates rates) {
    Column converted =
        udf(new Converted(currency, rates), ColumnTypes.MONEY)
            .apply(col(CampaignCosts.COST), col(CampaignCosts.CURRENCY), col(CampaignCosts.DATE));
    Column isUnknown = col(CampaignCosts.COST).isNotNull().and(col(CONVERTED).isNull());
    return costs
        .withColumn(CONVERTED, converted)
        .groupBy(CampaignCosts.MARKETING_CHANNEL, CampaignCosts.CAMPAIGN)
        .agg(
            sum(CONVERTED).cast(ColumnTypes.MONEY).as(CampaignCosts.COST),
            count(when(isUnknown, true)).as(UNKNOWN));
  }

  private record Converted(String currency, ExchangeRates rates)
      implements UDF3<BigDecimal, String, Date, BigDecimal> {

    private static final long serialVersionUID = 1L;

    @Override
    public BigDecimal call(BigDecimal cost, String recorded, Date day) {
      String named = recorded == null ? currency : recorded.toUpperCase(Locale.ROOT);
      if (cost == null || named.equals(currency)) {
        return cost;
      }
      BigDecimal rate = rates.on(day == null ? null : day.toLocalDate(), named);
      return rate == null
          ? null
          : cost.multiply(rate).setScale(ColumnTypes.MONEY.scale(), RoundingMode.HALF_UP);
    }
  }
}
