package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.types.StructField;

/** The input of the models: one row per customer and night, one column per configured feature. */
public final class CustomerFeatures {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";

  /** The columns that do not depend on the configuration. */
  public static final Table TABLE = table(List.of());

  private CustomerFeatures() {}

  /**
   * The table with one DOUBLE column per feature.
   *
   * @param features names of the features, in stored order
   */
  public static Table table(Collection<String> features) {
    List<StructField> columns = new ArrayList<>();
    columns.add(required(CUSTOMER_ID, StringType, "the customer"));
    columns.add(required(AS_OF, DateType, "night of the features"));
    for (String feature : features) {
      columns.add(optional(feature, DoubleType, "configured feature " + feature));
    }
    return Table.of(
            "customer_features",
            "The input of the models: one row per customer and night, one column per feature.",
            columns.toArray(StructField[]::new))
        .keyedBy(CUSTOMER_ID, AS_OF)
        .partitionedBy(AS_OF);
  }
}
