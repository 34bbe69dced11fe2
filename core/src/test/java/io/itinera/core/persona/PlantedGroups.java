package io.itinera.core.persona;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Customers of four kinds that behave differently, each a little differently from the next. */
final class PlantedGroups {

  static final Map<String, String> FEATURES =
      Map.of("orders", "1", "page_views", "1", "store_share", "1", "complaints", "1");

  static final PersonaRules RULES = new PersonaRules(FEATURES, 10, 2, 5, 1, 1000, 3);

  private PlantedGroups() {}

  /**
   * Rows of customer_features with the additional column {@code kind}, 0 to 3.
   *
   * @param drift is added to everybody's page views
   */
  static Dataset<Row> features(SparkSession spark, LocalDate asOf, int customers, int drift) {
    Column kind = col("id").mod(4);
    Column noise = col("noise");
    return spark
        .range(customers)
        .selectExpr("id", "pmod(xxhash64(id), 100) / 100 AS noise")
        .select(
            col("id").cast("string").as("customer_id"),
            lit(asOf).as("as_of"),
            kind.as("kind"),
            per(kind, 1, 12, 2, 0).multiply(noise.plus(0.8)).as("orders"),
            per(kind, 60, 5, 2, 0).multiply(noise.plus(0.8)).plus(drift).as("page_views"),
            per(kind, 0, 0.9, 0.1, 0).multiply(noise.multiply(0.1).plus(1)).as("store_share"),
            per(kind, 0, 0, 5, 0).multiply(noise.plus(0.8)).as("complaints"));
  }

  private static Column per(Column kind, double... values) {
    Column[] choices = Arrays.stream(values).mapToObj(v -> lit(v)).toArray(Column[]::new);
    return element_at(array(choices), kind.cast("int").plus(1));
  }
}
