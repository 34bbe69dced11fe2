package io.itinera.core.churn;

import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.value.ReasonWords;
import io.itinera.core.value.ValueRules;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Scores every customer with an order by what a training found. */
public final class ScoreChurn {

  private static final StructType SCORED =
      new StructType()
          .add(required(ChurnScores.CUSTOMER_ID, StringType, ""))
          .add(required(ChurnScores.CHURN_PROBABILITY, DoubleType, ""))
          .add(required(ChurnScores.TOP_REASONS, ColumnTypes.STRINGS, ""));

  private ScoreChurn() {}

  /**
   * Rows of {@link ChurnScores}, one per customer with an order.
   *
   * @param customerDays rows of {@link io.itinera.core.table.CustomerDays}; those after {@code
   *     asOf} do not count
   * @param training of a model that learnt
   */
  public static Dataset<Row> scores(
      Dataset<Row> customerDays, ChurnTraining training, LocalDate asOf, ValueRules rules) {
    ChurnScorer scorer = training.scorer().orElseThrow();
    return ChurnScores.TABLE.conform(
        DescribeBehaviour.behaviour(customerDays, asOf)
            .mapPartitions(new ScoreEach(scorer, rules.words()), Encoders.row(SCORED))
            .withColumn(ChurnScores.AS_OF, lit(asOf))
            .withColumn(ChurnScores.WINDOW_DAYS, lit(rules.churnWindow()))
            .withColumn(ChurnScores.MODEL, lit(training.candidate().text()))
            .withColumn(ChurnScores.MODEL_VERSION, lit(scorer.version())));
  }

  /** The customers of a partition, one after another. */
  private record ScoreEach(ChurnScorer scorer, ReasonWords words)
      implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> customers) {
      Iterable<Row> all = () -> customers;
      return StreamSupport.stream(all.spliterator(), false).map(this::scored).iterator();
    }

    private Row scored(Row row) {
      double[] customer = Example.customer(row);
      return RowFactory.create(
          row.getString(0),
          scorer.probability(customer),
          scorer.reasons(customer, words).toArray(String[]::new));
    }
  }
}
