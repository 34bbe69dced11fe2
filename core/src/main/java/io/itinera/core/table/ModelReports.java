package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How well models foretold what was held back from them, beside what a naive guess would. */
public final class ModelReports {

  public static final String AS_OF = "as_of";
  public static final String MODEL = "model";
  public static final String METRIC = "metric";
  public static final String VALUE = "value";
  public static final String BASELINE = "baseline";
  public static final String SAMPLE_SIZE = "sample_size";
  public static final String DETAIL = "detail";

  public static final Table TABLE =
      Table.of(
              "model_reports",
              "How well models foretold what was held back from them, beside what a naive guess"
                  + " would.",
              required(AS_OF, DateType, "the night; nothing later counts"),
              required(MODEL, StringType, "the model"),
              required(METRIC, StringType, "what was measured, e.g. orders-rmse"),
              optional(VALUE, DoubleType, "of the model"),
              optional(BASELINE, DoubleType, "of the naive guess; null where there is none"),
              optional(SAMPLE_SIZE, LongType, "customers it was measured on"),
              optional(DETAIL, StringType, "the same in a sentence"))
          .keyedBy(AS_OF, MODEL, METRIC)
          .partitionedBy(AS_OF);

  private ModelReports() {}
}
