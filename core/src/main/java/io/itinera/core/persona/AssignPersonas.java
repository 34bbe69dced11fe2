package io.itinera.core.persona;

import static io.itinera.core.persona.PersonaModel.CLUSTER;
import static io.itinera.core.persona.PersonaModel.SCALED;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.types.DataTypes.DoubleType;

import io.itinera.core.table.CustomerPersonas;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Assigns every customer to the nearest persona: row by row, without any exchange. */
final class AssignPersonas {

  private static final String NEARNESS = "nearness";
  private static final StructType MEASURED =
      new StructType()
          .add(CustomerPersonas.DISTANCE, DoubleType)
          .add(CustomerPersonas.CONFIDENCE, DoubleType);

  private AssignPersonas() {}

  /**
   * Rows of {@link CustomerPersonas}.
   *
   * @param assigned one row per customer: the scaled features and the cluster
   */
  static Dataset<Row> customerPersonas(Dataset<Row> assigned, PersonaModel model) {
    Column names = array(model.ids().stream().map(id -> lit(id)).toArray(Column[]::new));
    Column nearness =
        udf(new MeasureNearness(model.fit()), MEASURED)
            .withName("nearness")
            .apply(col(SCALED), col(CLUSTER));
    Dataset<Row> measured =
        assigned.select(
            col(CustomerPersonas.CUSTOMER_ID),
            col(CustomerPersonas.AS_OF),
            element_at(names, col(CLUSTER).plus(1)).as(CustomerPersonas.PERSONA_ID),
            nearness.as(NEARNESS));
    return CustomerPersonas.TABLE.conform(
        measured.select(
            col(CustomerPersonas.CUSTOMER_ID),
            col(CustomerPersonas.AS_OF),
            col(CustomerPersonas.PERSONA_ID),
            col(NEARNESS).getField(CustomerPersonas.DISTANCE).as(CustomerPersonas.DISTANCE),
            col(NEARNESS).getField(CustomerPersonas.CONFIDENCE).as(CustomerPersonas.CONFIDENCE)));
  }
}
