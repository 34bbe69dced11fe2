package io.itinera.core.value;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A figure about a model.
 *
 * @param model the model
 * @param metric what was measured
 * @param value of the model
 * @param baseline of a naive guess, or null
 * @param sample customers it was measured on
 * @param detail the same in a sentence, or null
 */
public record ModelReport(
    String model, String metric, double value, Double baseline, long sample, String detail) {

  /** The figure as a row of {@link io.itinera.core.table.ModelReports}. */
  public Row row(LocalDate asOf) {
    return RowFactory.create(
        Date.valueOf(asOf), model, metric, finite(value), finite(baseline), sample, detail);
  }

  private static Double finite(Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }
}
