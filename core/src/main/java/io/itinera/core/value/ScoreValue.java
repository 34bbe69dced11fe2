package io.itinera.core.value;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.CustomerValue;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores every customer with an order: row by row, without any exchange. */
public final class ScoreValue {

  private static final String SCORE = "score";
  private static final String EXACT = "decimal(38,4)";

  private ScoreValue() {}

  /**
   * Rows of {@link CustomerValue}: one per customer and horizon.
   *
   * @param histories as {@link SumHistories#histories} gives them
   */
  public static Dataset<Row> values(Dataset<Row> histories, ScoreCustomer scoring, LocalDate asOf) {
    Dataset<Row> horizons =
        scored(histories, scoring)
            .select(
                col(CustomerValue.CUSTOMER_ID),
                col(SCORE).getField(ScoreCustomer.ALIVE).as(CustomerValue.P_ALIVE),
                inline(col(SCORE).getField(ScoreCustomer.HORIZONS)));
    return CustomerValue.TABLE.conform(
        horizons
            .withColumn(CustomerValue.AS_OF, lit(asOf))
            .withColumn(CustomerValue.EXPECTED_SPEND, money(ScoreCustomer.SPEND))
            .withColumn(CustomerValue.CLV, money(ScoreCustomer.WORTH))
            .withColumn(CustomerValue.MODEL, lit(scoring.model()))
            .withColumn(CustomerValue.MODEL_VERSION, lit(scoring.version())));
  }

  /**
   * Rows of {@link ChurnScores}: one per customer.
   *
   * @param histories as {@link SumHistories#histories} gives them
   */
  public static Dataset<Row> churn(
      Dataset<Row> histories, ScoreCustomer scoring, LocalDate asOf, ValueRules rules) {
    return ChurnScores.TABLE.conform(
        scored(histories, scoring)
            .withColumn(ChurnScores.AS_OF, lit(asOf))
            .withColumn(ChurnScores.CHURN_PROBABILITY, col(SCORE).getField(ScoreCustomer.SILENT))
            .withColumn(ChurnScores.TOP_REASONS, col(SCORE).getField(ScoreCustomer.REASONS))
            .withColumn(ChurnScores.WINDOW_DAYS, lit(rules.churnWindow()))
            .withColumn(ChurnScores.MODEL, lit(scoring.model()))
            .withColumn(ChurnScores.MODEL_VERSION, lit(scoring.version())));
  }

  private static Dataset<Row> scored(Dataset<Row> histories, ScoreCustomer scoring) {
    Column score =
        udf(scoring, ScoreCustomer.SCORED)
            .withName(SCORE)
            .apply(
                col(SumHistories.PURCHASES),
                col(SumHistories.LAST),
                col(SumHistories.AGE),
                col(SumHistories.MEAN));
    return histories.select(col(SumHistories.CUSTOMER_ID), score.as(SCORE));
  }

  private static Column money(String column) {
    return Money.of(col(column).cast(EXACT));
  }
}
