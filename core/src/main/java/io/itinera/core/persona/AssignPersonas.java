package io.itinera.core.persona;

import static io.itinera.core.persona.TrainClusters.CLUSTER;
import static io.itinera.core.persona.TrainClusters.SCALED;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import io.itinera.core.table.CustomerPersonas;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assigns every customer to the nearest persona: row by row, without any exchange. */
final class AssignPersonas {

  private static final String DISTANCES = "distances";

  private AssignPersonas() {}

  /**
   * Rows of {@link CustomerPersonas}.
   *
   * @param assigned one row per customer: the scaled features and the cluster
   * @param ids persona_id per cluster, "" for one without customers
   */
  static Dataset<Row> customerPersonas(Dataset<Row> assigned, Clusters clusters, List<String> ids) {
    Column place = col(CLUSTER).plus(1);
    Column own = element_at(col(DISTANCES), place);
    Column names = array(ids.stream().map(id -> lit(id)).toArray(Column[]::new));
    Dataset<Row> measured =
        assigned.select(
            col(CustomerPersonas.CUSTOMER_ID),
            col(CustomerPersonas.AS_OF),
            col(CLUSTER),
            distances(clusters).as(DISTANCES));
    return CustomerPersonas.TABLE.conform(
        measured.select(
            col(CustomerPersonas.CUSTOMER_ID),
            col(CustomerPersonas.AS_OF),
            element_at(names, place).as(CustomerPersonas.PERSONA_ID),
            own.as(CustomerPersonas.DISTANCE),
            confidence(own).as(CustomerPersonas.CONFIDENCE)));
  }

  private static Column distances(Clusters clusters) {
    return array(clusters.centers().stream().map(AssignPersonas::distance).toArray(Column[]::new));
  }

  private static Column distance(double[] center) {
    Column coordinates =
        array(DoubleStream.of(center).mapToObj(x -> lit(x)).toArray(Column[]::new));
    Column squares = zip_with(col(SCALED), coordinates, (x, y) -> x.minus(y).multiply(x.minus(y)));
    return sqrt(aggregate(squares, lit(0.0), Column::plus));
  }

  /** 1 − nearest ÷ second nearest; 1 where there is one persona, 0 half way between two. */
  private static Column confidence(Column own) {
    Column others = filter(col(DISTANCES), (distance, i) -> i.notEqual(col(CLUSTER)));
    Column second = array_min(others);
    Column ratio = coalesce(try_divide(own, second), lit(1.0));
    return when(second.isNull(), lit(1.0)).otherwise(greatest(lit(0.0), lit(1.0).minus(ratio)));
  }
}
