package io.itinera.core.path;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Journeys;
import io.itinera.testing.TableText;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Journeys written as text: the path as its path_text, each step's time as seconds of one day. */
final class JourneyText {

  private JourneyText() {}

  /** Rows with the columns of {@code text}; {@code stage_reached} holds the steps' seconds. */
  static Dataset<Row> journeys(SparkSession spark, String text) {
    Column hasSteps = col(Journeys.PATH_TEXT).isNotNull();
    Column seconds = split(col(Journeys.STAGE_REACHED), " ");
    Dataset<Row> rows = TableText.rows(spark, Journeys.TABLE, text);
    return rows.withColumn(
            Journeys.PATH,
            when(hasSteps, split(col(Journeys.PATH_TEXT), " > "))
                .otherwise(lit(new String[0]).cast("array<string>")))
        .withColumn(
            Journeys.PATH_AT,
            when(
                size(col(Journeys.PATH)).gt(0),
                transform(seconds, s -> s.cast("double").cast("timestamp"))));
  }
}
