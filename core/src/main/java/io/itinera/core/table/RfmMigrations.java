package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How many customers went from one RFM segment to another from one night to the next. */
public final class RfmMigrations {

  public static final String AS_OF = "as_of";
  public static final String FROM_SEGMENT = "from_segment";
  public static final String TO_SEGMENT = "to_segment";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String REVENUE = "revenue";

  /** Segment of those who were not scored, or no longer are. */
  public static final String NONE = "(none)";

  public static final Table TABLE =
      Table.of(
              "rfm_migrations",
              "How many customers went from one RFM segment to another from one night to the next.",
              required(AS_OF, DateType, "the later night"),
              required(
                  FROM_SEGMENT,
                  StringType,
                  "segment of the night scored before it; (none) of who was not scored"),
              required(
                  TO_SEGMENT,
                  StringType,
                  "segment of this night; (none) of who no longer is scored"),
              optional(CUSTOMERS_COUNT, LongType, "customers who went that way, or stayed"),
              optional(REVENUE, MONEY, "their purchases less refunds between the two nights"))
          .keyedBy(AS_OF, FROM_SEGMENT, TO_SEGMENT)
          .partitionedBy(AS_OF);

  private RfmMigrations() {}
}
