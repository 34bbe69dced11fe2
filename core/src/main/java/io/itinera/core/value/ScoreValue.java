package io.itinera.core.value;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;

import io.itinera.core.spark.JavaMethod;
import io.itinera.core.spark.RoundToMoney;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerValue;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataType;

/** Scores every customer with an order: row by row, without any exchange. */
public final class ScoreValue {

  private static final String ALIVE = "alive";
  private static final String VALUE = "value";
  private static final String REASONS = "reasons";
  private static final Column PURCHASES = col(SumHistories.PURCHASES);
  private static final Column LAST = col(SumHistories.LAST);
  private static final Column AGE = col(SumHistories.AGE);

  private final ScoreCustomer scoring;

  private ScoreValue(ScoreCustomer scoring) {
    this.scoring = scoring;
  }

  /**
   * Rows of {@link CustomerValue}: one per customer and horizon.
   *
   * @param histories as {@link SumHistories#histories} gives them
   */
  public static Dataset<Row> values(Dataset<Row> histories, ScoreCustomer scoring, LocalDate asOf) {
    ScoreValue score = new ScoreValue(scoring);
    Dataset<Row> scored =
        histories.select(
            col(SumHistories.CUSTOMER_ID),
            PURCHASES,
            AGE,
            score.alive().as(CustomerValue.P_ALIVE),
            score
                .said(VALUE, List.of(IntegerType, DoubleType), PURCHASES, col(SumHistories.MEAN))
                .as(VALUE));
    return CustomerValue.TABLE.conform(
        scored
            .select(
                col(CustomerValue.CUSTOMER_ID),
                col(CustomerValue.P_ALIVE),
                inline(array(score.horizons())))
            .withColumn(CustomerValue.AS_OF, lit(asOf))
            .withColumn(CustomerValue.MODEL, lit(scoring.model()))
            .withColumn(CustomerValue.MODEL_VERSION, lit(scoring.version())));
  }

  /** What is expected of a customer, of whom it is known how likely they are alive. */
  private Column[] horizons() {
    Column alive = col(CustomerValue.P_ALIVE);
    List<Integer> horizons = scoring.rules().horizons();
    return IntStream.range(0, horizons.size())
        .mapToObj(
            place -> {
              Column orders = alive.multiply(ifAlive("ordersIfAlive", place));
              Column discounted = alive.multiply(ifAlive("discountedIfAlive", place));
              Column worth = discounted.multiply(col(VALUE)).multiply(scoring.rules().margin());
              return struct(
                  lit(horizons.get(place)).as(CustomerValue.HORIZON_DAYS),
                  orders.as(CustomerValue.EXPECTED_ORDERS),
                  RoundToMoney.of(orders.multiply(col(VALUE))).as(CustomerValue.EXPECTED_SPEND),
                  RoundToMoney.of(worth).as(CustomerValue.CLV));
            })
        .toArray(Column[]::new);
  }

  /**
   * Rows of {@link ChurnScores}: one per customer.
   *
   * @param histories as {@link SumHistories#histories} gives them
   */
  public static Dataset<Row> churn(
      Dataset<Row> histories, ScoreCustomer scoring, LocalDate asOf, ValueRules rules) {
    ScoreValue score = new ScoreValue(scoring);
    Column silent = score.said("silentIfAlive", List.of(IntegerType, IntegerType), PURCHASES, AGE);
    Column probability = lit(1.0).minus(col(ALIVE)).plus(col(ALIVE).multiply(silent));
    UDF4<Integer, Integer, Integer, Double, String[]> reasons =
        (purchases, last, age, probable) ->
            scoring.reasons(purchases, last, age, probable).toArray(String[]::new);
    return ChurnScores.TABLE.conform(
        histories
            .select(col(SumHistories.CUSTOMER_ID), PURCHASES, LAST, AGE, score.alive().as(ALIVE))
            .withColumn(ChurnScores.AS_OF, lit(asOf))
            .withColumn(ChurnScores.CHURN_PROBABILITY, probability)
            .withColumn(
                ChurnScores.TOP_REASONS,
                udf(reasons, ColumnTypes.STRINGS)
                    .withName(REASONS)
                    .apply(PURCHASES, LAST, AGE, col(ChurnScores.CHURN_PROBABILITY)))
            .withColumn(ChurnScores.WINDOW_DAYS, lit(rules.churnWindow()))
            .withColumn(ChurnScores.MODEL, lit(scoring.model()))
            .withColumn(ChurnScores.MODEL_VERSION, lit(scoring.version())));
  }

  private Column alive() {
    return said(ALIVE, List.of(IntegerType, IntegerType, IntegerType), PURCHASES, LAST, AGE);
  }

  /** Of the horizon at {@code place}. */
  private Column ifAlive(String what, int place) {
    return said(what, List.of(IntegerType, IntegerType, IntegerType), lit(place), PURCHASES, AGE);
  }

  /** What the method of that name of {@link ScoreCustomer} says of a customer. */
  private Column said(String method, List<DataType> parameters, Column... arguments) {
    return new JavaMethod(scoring, method, DoubleType, parameters).over(arguments);
  }
}
