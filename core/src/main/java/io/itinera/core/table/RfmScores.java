package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Recency, frequency and monetary value of every customer with an order in the window. */
public final class RfmScores {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";
  public static final String RECENCY_DAYS = "recency_days";
  public static final String FREQUENCY = "frequency";
  public static final String MONETARY = "monetary";
  public static final String R_SCORE = "r_score";
  public static final String F_SCORE = "f_score";
  public static final String M_SCORE = "m_score";
  public static final String RFM_CELL = "rfm_cell";
  public static final String SEGMENT = "segment";
  public static final String PREVIOUS_SEGMENT = "previous_segment";
  public static final String RECENCY_CLASS = "recency_class";
  public static final String PURCHASE_FREQUENCY_CLASS = "purchase_frequency_class";

  public static final Table TABLE =
      Table.of(
              "rfm_scores",
              "Recency, frequency and monetary value of every customer with an order in the"
                  + " window.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(AS_OF, DateType, "last day of the window"),
              optional(RECENCY_DAYS, LongType, "days since the last order"),
              optional(FREQUENCY, LongType, "orders in the window"),
              optional(MONETARY, MONEY, "purchases less refunds in the window"),
              optional(R_SCORE, IntegerType, "1 to 5, 5 most recent"),
              optional(F_SCORE, IntegerType, "1 to 5, 5 most frequent"),
              optional(M_SCORE, IntegerType, "1 to 5, 5 most valuable"),
              optional(RFM_CELL, StringType, "the three scores, e.g. 545"),
              optional(SEGMENT, StringType, "segment of the R×F grid"),
              optional(
                  PREVIOUS_SEGMENT,
                  StringType,
                  "segment of the run before; null when there was none"),
              optional(RECENCY_CLASS, StringType, "active, inactive or lost"),
              optional(PURCHASE_FREQUENCY_CLASS, StringType, "occasional, frequent, loyal or vip"))
          .keyedBy(CUSTOMER_ID, AS_OF)
          .partitionedBy(AS_OF);

  private RfmScores() {}
}
