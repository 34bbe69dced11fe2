package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * Which customers new, changed, withdrawn or re-stitched records touched in which run, and since
 * when: what the stages after it have to look at.
 *
 * <p>A run that looked at everyone tells nothing here: whoever follows it looks at everyone, too.
 */
public final class AffectedCustomers {

  public static final String RUN_ID = "run_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String FROM_AT = "from_at";

  public static final Table TABLE =
      Table.of(
          "affected_customers",
          "Which customers new, changed, withdrawn or re-stitched records touched in which run, and"
              + " since when.",
          optional(RUN_ID, StringType, "the run that saw it"),
          required(CUSTOMER_ID, StringType, "the customer, which may be gone since"),
          required(FROM_AT, TimestampType, "nothing of the customer before it is concerned"));

  private AffectedCustomers() {}
}
